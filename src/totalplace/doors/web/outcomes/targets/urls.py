"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.outcomes.targets import acting, looking, workbook, writing

_ONE = "<str:place>/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", looking.every, name="targets-all"),
    path("<str:place>/", looking.in_force, name="targets"),
    path("<str:place>/draft/", acting.draft, name="targets-draft"),
    path(_ONE, looking.one, name="target-set"),
    path(f"{_ONE}version/<int:version>/", looking.one, name="target-version"),
    path(f"{_ONE}targets.xlsx", workbook.download, name="target-workbook"),
    path(f"{_ONE}upload/", workbook.upload, name="target-upload"),
    path(f"{_ONE}add/", writing.add, name="target-add"),
    path(f"{_ONE}target/<int:line>/", writing.change, name="target-change"),
    path(f"{_ONE}target/<int:line>/remove/", writing.remove, name="target-remove"),
    path(f"{_ONE}adopt/", acting.adopt, name="target-adopt"),
    path(f"{_ONE}<slug:verb>/", acting.act, name="target-act"),
]
