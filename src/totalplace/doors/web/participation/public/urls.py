"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.participation.public import answering

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:number>/answer/", answering.answer, name="answer"),
    path("<int:number>/answer/receipt/", answering.read_back, name="answer-receipt"),
    path("<int:number>/answer/mail/", answering.mail, name="answer-mail"),
    path("<int:number>/answer/<str:link>/", answering.resume, name="answer-kept"),
]
