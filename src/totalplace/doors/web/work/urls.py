"""The addresses of the pages of work."""

from __future__ import annotations

from django.urls import path

from totalplace.doors.web.work import pages

urlpatterns = [
    path("", pages.mine, name="works"),
    path("<int:number>/", pages.one, name="work"),
    path("<int:number>/stop/", pages.stop, name="stop work"),
]
