"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.readiness import acting, looking, meeting, showing_evidence

_ONE = "<str:place>/<int:number>/"
_SIDE = "<slug:side>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", looking.every, name="readiness-all"),
    path("criteria/", looking.what_is_looked_for, name="readiness-criteria"),
    path("calibration/", looking.calibration, name="readiness-calibration"),
    path("<str:place>/", looking.of_place, name="readiness"),
    path("<str:place>/begin/", acting.begin, name="readiness-begin"),
    path("<str:place>/evidence/", showing_evidence.listed, name="readiness-evidence"),
    path("<str:place>/evidence/add/", showing_evidence.add, name="readiness-evidence-add"),
    path(
        "<str:place>/evidence/<int:number>/withdraw/",
        showing_evidence.withdraw,
        name="readiness-evidence-withdraw",
    ),
    path("<str:place>/waive/", meeting.waive, name="readiness-waive"),
    path(f"<str:place>/waiver/<int:number>/{_SIDE}", meeting.agree_waiver, name="readiness-waiver"),
    path(_ONE, looking.one, name="assessment"),
    path(f"{_ONE}facts/", acting.facts, name="assessment-facts"),
    path(f"{_ONE}score/{_SIDE}", acting.score, name="assessment-score"),
    path(f"{_ONE}put/{_SIDE}", meeting.put, name="assessment-put"),
    path(f"{_ONE}agree/{_SIDE}", meeting.agree, name="assessment-agree"),
    path(f"{_ONE}withdraw/{_SIDE}", acting.withdraw, name="assessment-withdraw"),
    path(f"{_ONE}followed/{_SIDE}", meeting.followed, name="assessment-followed"),
]
