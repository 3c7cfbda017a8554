"""Addresses of promises, disputes and the docket."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.agreements.keeping import acting, docket, looking

urlpatterns: list[URLPattern | URLResolver] = [
    path("promises/", looking.everywhere, name="promises"),
    path("promises/all.csv", looking.download, name="promises-csv"),
    path("promises/<str:place>/", looking.of_place, name="promises-place"),
    path("promises/<str:place>/all.csv", looking.download, name="promises-place-csv"),
    path(
        "promises/<str:place>/<int:number>/<int:promise>/", looking.one, name="promise"
    ),
    path(
        "promises/<str:place>/<int:number>/<int:promise>/say/", acting.say, name="promise-say"
    ),
    path(
        "promises/<str:place>/<int:number>/<int:promise>/notice/",
        acting.notice, name="promise-notice",
    ),
    path(
        "promises/<str:place>/<int:number>/<int:promise>/remedy/",
        acting.remedy, name="promise-remedy",
    ),
    path(
        "promises/<str:place>/<int:number>/disputes/<int:dispute>/",
        looking.dispute, name="dispute",
    ),
    path(
        "promises/<str:place>/<int:number>/disputes/<int:dispute>/<slug:verb>/",
        acting.move, name="dispute-act",
    ),
    path("docket/", docket.everywhere, name="docket"),
    path("docket/<str:place>/", docket.of_place, name="docket-place"),
    path("docket/<str:place>/raise/", docket.begin, name="docket-raise"),
    path("docket/<str:place>/<int:number>/", docket.one, name="docket-item"),
    path("docket/<str:place>/<int:number>/<slug:verb>/", docket.act, name="docket-act"),
]  # fmt: skip
