"""The addresses of the pages of decisions."""

from __future__ import annotations

from django.urls import URLPattern, path

from totalplace.doors.web.decisions import acting, feeds, looking, setting_up

urlpatterns: list[URLPattern] = [
    path("", looking.plan, name="decisions"),
    path("all/", looking.every, name="decisions-all"),
    path("plan.rss", feeds.rss, name="decisions-rss"),
    path("plan.ics", feeds.calendar, name="decisions-ics"),
    path("body/", looking.bodies, name="decision-bodies"),
    path("body/<str:code>/", looking.body, name="decision-body"),
    path("body/<str:code>/propose/", acting.propose, name="decision-propose"),
    path("body/<str:code>/appoint/", setting_up.appoint, name="decision-appoint"),
    path("body/<str:code>/rules/", setting_up.set_rules, name="decision-rules"),
    path("<str:body>/<int:number>/", looking.decision, name="decision"),
    path("<str:body>/<int:number>/<slug:verb>/", acting.act, name="decision-act"),
]
