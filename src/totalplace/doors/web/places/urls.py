"""Addresses of the pages of places."""

from __future__ import annotations

from django.urls import path

from totalplace.doors.web.places import officers, views

urlpatterns = [
    path("", views.listed, name="places"),
    path("of/<slug:code>/", views.place, name="place"),
    path("officers/", officers.listed, name="officers"),
    path("officers/appoint/", officers.appoint, name="appoint"),
    path("officers/<str:code>/", officers.officer, name="officer"),
    path("officers/<str:code>/grant/", officers.grant, name="grant"),
    path("officers/<str:code>/invite/", officers.invite, name="invite"),
    path("officers/<str:code>/retire/", officers.retire, name="retire"),
    path("mandates/<int:number>/end/", officers.end, name="end-mandate"),
    path("who-may/", views.who_may, name="who-may"),
]
