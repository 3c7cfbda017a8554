"""Addresses below /commissioning/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.commissioning.plans import acting, answering, looking, taking

_ONE: Final = "<str:place>/<int:number>/"

urlpatterns: Final[list[URLPattern | URLResolver]] = [
    path("", looking.every, name="plans-all"),
    path("<str:place>/", looking.of_place, name="plans"),
    path("<str:place>/draft/", acting.draft, name="plan-draft"),
    path("<str:place>/case.xlsx", taking.template, name="plan-template"),
    path(_ONE, looking.one, name="plan"),
    path(f"{_ONE}version/<int:version>/", looking.one, name="plan-version"),
    path(f"{_ONE}lines.csv", taking.as_csv, name="plan-csv"),
    path(f"{_ONE}lines.xlsx", taking.as_xlsx, name="plan-xlsx"),
    path(f"{_ONE}case.xlsx", taking.case, name="plan-case"),
    path(f"{_ONE}change/", acting.change, name="plan-change"),
    path(f"{_ONE}propose/", acting.propose, name="plan-propose"),
    path(f"{_ONE}withdraw/", acting.withdraw, name="plan-withdraw"),
    path(f"{_ONE}answer/<str:agency>/", answering.answer, name="plan-answer"),
    path(f"{_ONE}reply/<int:answered>/", answering.reply, name="plan-reply"),
    path(f"{_ONE}state/", answering.state, name="plan-state"),
    path(f"{_ONE}adopt/", acting.adopt, name="plan-adopt"),
    path(f"{_ONE}post/", acting.post, name="plan-post"),
]
