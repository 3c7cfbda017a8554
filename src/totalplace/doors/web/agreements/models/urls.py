"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.agreements.models import formula, looking

urlpatterns: list[URLPattern | URLResolver] = [
    path("models/", looking.every, name="devolution-models"),
    path("models/<slug:code>/", looking.one, name="devolution-model"),
    path("formula/", formula.tried, name="formula"),
    path("formula/formula.xlsx", formula.workbook, name="formula-workbook"),
    path("formula/upload/", formula.upload, name="formula-upload"),
]
