"""The addresses of the pages of the record."""

from __future__ import annotations

from django.urls import URLPattern, path

from totalplace.doors.web.record import acting, looking, published

urlpatterns: list[URLPattern] = [
    path("", looking.every, name="record"),
    path("download.<str:form>", looking.download, name="record-download"),
    path("<int:number>/", looking.entry, name="record-entry"),
    path("<int:number>.json", looking.entry_file, name="record-entry-file"),
    path("verify/", acting.verify, name="record-verify"),
    path("heads/", published.heads, name="record-heads"),
    path("heads/publish/", acting.publish, name="record-publish"),
    path("heads/<int:number>.json", published.head, name="record-head"),
    path("heads/all.json", published.every_head, name="record-every-head"),
    path("key.pem", published.key, name="record-key"),
    path("verify_record.py", published.verifier, name="record-verifier"),
]
