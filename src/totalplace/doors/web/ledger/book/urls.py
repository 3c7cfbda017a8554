"""Addresses of the pages of books."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.ledger.book import looking, posting

urlpatterns: list[URLPattern | URLResolver] = [
    path("", looking.every, name="books"),
    path("<str:code>/", looking.book, name="book"),
    path("<str:code>/money.<slug:form>", looking.money_file, name="book-money-file"),
    path("<str:code>/lines/<str:line>/<int:year>/", looking.line, name="book-line"),
    path("<str:code>/postings/", looking.postings, name="book-postings"),
    path("<str:code>/postings.<slug:form>", looking.postings_file, name="book-postings-file"),
    path("<str:code>/postings/<int:number>/", looking.posting, name="book-posting"),
    path("<str:code>/postings/<int:number>/reverse/", posting.reverse, name="book-reverse"),
    path("<str:code>/post/", posting.post, name="book-post"),
    path("<str:code>/post/template.xlsx", posting.template, name="book-template"),
    path("<str:code>/post/file/", posting.upload, name="book-upload"),
    path("<str:code>/seal/", posting.seal, name="book-seal"),
    path("<str:code>/close/", posting.close, name="book-close"),
]
