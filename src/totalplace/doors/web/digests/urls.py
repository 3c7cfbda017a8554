"""The addresses of digests."""

from __future__ import annotations

from django.urls import path

from totalplace.doors.web.digests import follower_pages, pages

urlpatterns = [
    path("", pages.choose, name="digests"),
    path("findings/", pages.follow, name="follow findings"),
    path("findings/leave/<str:token>/", pages.leave_findings, name="leave findings"),
    path("leave/<str:token>/", pages.leave, name="leave digests"),
    path("places/<str:place>/", follower_pages.follow, name="follow a place"),
    path("confirm/<str:token>/", follower_pages.confirm, name="confirm following"),
    path("end/<str:token>/", follower_pages.leave, name="end following"),
]
