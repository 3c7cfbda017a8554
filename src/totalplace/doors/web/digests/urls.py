"""The addresses of digests."""

from __future__ import annotations

from django.urls import path

from totalplace.doors.web.digests import pages

urlpatterns = [
    path("", pages.choose, name="digests"),
    path("findings/", pages.follow, name="follow findings"),
    path("findings/leave/<str:token>/", pages.leave_findings, name="leave findings"),
    path("leave/<str:token>/", pages.leave, name="leave digests"),
]
