"""Addresses of these pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.participation.public import answering, officers, results, themes

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:number>/answer/", answering.answer, name="answer"),
    path("<int:number>/answer/receipt/", answering.read_back, name="answer-receipt"),
    path("<int:number>/answer/mail/", answering.mail, name="answer-mail"),
    path("<int:number>/answer/<str:link>/", answering.resume, name="answer-kept"),
    path("<int:number>/results/", results.results, name="results"),
    path("<int:number>/results.<str:ending>", results.download, name="results-file"),
    path("<int:number>/questions/", officers.questions, name="answer-questions"),
    path("<int:number>/codes/", officers.codes, name="answer-codes"),
    path("<int:number>/paper/", officers.paper, name="answer-paper"),
    path("<int:number>/paper/forms.xlsx", officers.paper_template, name="answer-paper-forms"),
    path("<int:number>/responses/", officers.every, name="responses"),
    path("<int:number>/themes/", themes.every, name="themes"),
    path("<int:number>/themes/unplaced/", themes.unplaced, name="themes-unplaced"),
    path("<int:number>/themes/<int:theme>/", themes.one, name="theme"),
]
