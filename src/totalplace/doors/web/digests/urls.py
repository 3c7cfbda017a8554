"""The addresses of digests."""

from __future__ import annotations

from django.urls import path

from totalplace.doors.web.digests import pages

urlpatterns = [
    path("", pages.choose, name="digests"),
    path("leave/<str:token>/", pages.leave, name="leave digests"),
]
