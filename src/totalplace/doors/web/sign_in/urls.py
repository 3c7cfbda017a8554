"""The pages of an account: signing in and out, second factor, sessions, single sign-on."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
