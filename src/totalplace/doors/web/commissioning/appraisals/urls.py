"""Addresses below /commissioning/."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.commissioning.appraisals import acting, effects, files, looking

_PLACE: Final = "appraisals/<str:place>/"
_ONE: Final = f"{_PLACE}<int:number>/"

urlpatterns: Final[list[URLPattern | URLResolver]] = [
    path("appraisals/", looking.every, name="appraisals-all"),
    path("appraisals/template.xlsx", files.template, name="appraisal-template"),
    path("appraisals/effects/<str:place>/<int:number>/", effects.one, name="effect"),
    path(_PLACE, looking.of_place, name="appraisals"),
    path(f"{_PLACE}new/", acting.new, name="appraisal-new"),
    path(f"{_PLACE}upload/", acting.upload, name="appraisal-upload"),
    path(f"{_PLACE}effects/accept/", effects.accept, name="effect-accept"),
    path(f"{_PLACE}effects/<int:number>/take-back/", effects.take_back, name="effect-take-back"),
    path(_ONE, looking.one, name="appraisal"),
    path(f"{_ONE}version/<int:version>/", looking.one, name="appraisal-version"),
    path(f"{_ONE}version/<int:version>/appraisal.xlsx", files.workbook, name="appraisal-workbook"),
    path(f"{_ONE}version/<int:version>/<slug:table>.csv", files.table, name="appraisal-csv"),
    path(f"{_ONE}version/<int:version>/appraisal.txt", files.text, name="appraisal-text"),
    path(f"{_ONE}change/", acting.change, name="appraisal-change"),
    path(f"{_ONE}publish/", acting.publish, name="appraisal-publish"),
]
