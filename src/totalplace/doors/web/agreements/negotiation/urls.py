"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.agreements.negotiation import acting, drafting, exchanging, looking

_ONE = "negotiations/<int:number>/"
_DRAFT = f"{_ONE}draft/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("negotiations/", looking.every, name="negotiations"),
    path("negotiations/open/", acting.begin, name="negotiation-open"),
    path("negotiations/receive/", exchanging.receive, name="negotiation-receive"),
    path("negotiations/published/<slug:code>/", looking.published_lines, name="published-lines"),
    path(_ONE, looking.one, name="negotiation"),
    path(f"{_ONE}offers/<int:which>/", looking.offer, name="negotiation-offer"),
    path(f"{_ONE}compare/<int:before>/<int:after>/", looking.compare, name="negotiation-compare"),
    path(f"{_ONE}lines/<slug:code>/", looking.line, name="negotiation-line"),
    path(f"{_ONE}sets/", looking.three_sets, name="negotiation-sets"),
    path(_DRAFT, drafting.draft, name="negotiation-draft"),
    path(f"{_DRAFT}lines.xlsx", drafting.download, name="negotiation-workbook"),
    path(f"{_DRAFT}notes/", drafting.notes, name="negotiation-notes"),
    path(f"{_DRAFT}upload/", drafting.upload, name="negotiation-upload"),
    path(f"{_DRAFT}<slug:part>/add/", drafting.change, name="negotiation-add"),
    path(f"{_DRAFT}<slug:part>/<str:key>/", drafting.change, name="negotiation-change"),
    path(f"{_DRAFT}<slug:part>/<str:key>/remove/", drafting.remove, name="negotiation-remove"),
    path(f"{_ONE}signed.txt", exchanging.signed, name="negotiation-signed"),
    path(f"{_ONE}publish/", acting.publish, name="negotiation-publish"),
    path(f"{_ONE}<slug:verb>/", acting.move, name="negotiation-move"),
]
