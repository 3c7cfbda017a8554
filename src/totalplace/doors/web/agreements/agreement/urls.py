"""Addresses of agreements: their text, versions, signatures, and the check of a signed copy."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from totalplace.doors.web.agreements.agreement import (
    acting,
    booking,
    checking,
    looking,
    signing,
    writing,
)

_ONE = "<str:place>/<int:number>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", looking.every, name="agreements"),
    path("verify/", checking.verify, name="agreement-verify"),
    path("begin/", writing.begin, name="agreement-begin"),
    path(_ONE, looking.one, name="agreement"),
    path(f"{_ONE}text/", looking.text, name="agreement-text"),
    path(f"{_ONE}text.txt", looking.download, name="agreement-download"),
    path(f"{_ONE}versions/", looking.versions, name="agreement-versions"),
    path(f"{_ONE}versions/<int:before>/<int:now>/", looking.compare, name="agreement-compare"),
    path(f"{_ONE}change/", writing.change, name="agreement-change"),
    path(f"{_ONE}sign/", signing.sign, name="agreement-sign"),
    path(f"{_ONE}sign/file.pdf", signing.file_to_sign, name="agreement-file-to-sign"),
    path(f"{_ONE}sign/elsewhere/", signing.elsewhere, name="agreement-sign-elsewhere"),
    path(f"{_ONE}signed.pdf", signing.signed, name="agreement-signed"),
    path(f"{_ONE}receipt.txt", signing.receipt, name="agreement-receipt"),
    path(f"{_ONE}open-book/", booking.open_book, name="agreement-open-book"),
    path(f"{_ONE}do/<slug:verb>/", acting.act, name="agreement-act"),
]
