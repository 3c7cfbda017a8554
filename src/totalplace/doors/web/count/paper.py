"""A view as a board paper: the same parts as PDF, with its data date and page id on every sheet."""

from __future__ import annotations

import threading
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Final

from django.http import HttpResponse
from django.template.loader import render_to_string

from totalplace.doors.web.count.downloads import Origin
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Page
from totalplace.doors.web.jinja import STATIC
from totalplace.refusal import Refused

_KEPT: Final = 20
_one_at_a_time: Final = threading.Lock()  # a paper of a long view takes seconds of one core


def why_not() -> str:
    """Why no PDF can be made here, and how it could be; '' where it can."""
    if find_spec("weasyprint") is None:
        return (
            "PDF is not installed on this server. Whoever runs it adds it with: pip install "
            "'totalplace[documents]'. Until then, print this page from the browser: it has a style "
            "for paper."
        )
    return ""


def pdf(reading: Reading, page: Page, origin: Origin) -> HttpResponse:
    """The page as PDF. Raises Refused where that is not installed."""
    said = why_not()
    if said:
        raise Refused(
            "This page cannot be given as PDF",
            why="the documents extra is not installed on this server",
            next_step="Print the page from the browser, or have the documents extra installed",
        )
    context = {"page": page, "reading": reading, "row": reading.row, "whole": reading.whole,
               "origin": origin}  # fmt: skip
    html = render_to_string("count/paper.html", context, using="pages")
    with _one_at_a_time:
        written = _drawn(html)
    response = HttpResponse(written, content_type="application/pdf")
    name = "-".join([reading.row.citation.replace("/", "-"), *page.at])
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)
    response["Content-Disposition"] = f'inline; filename="{safe}.pdf"'
    return response


@lru_cache(maxsize=_KEPT)
def _drawn(html: str) -> bytes:
    """HTML as PDF/UA. Nothing is fetched: all that a paper needs stands in its text."""
    import weasyprint  # type: ignore[import-untyped]

    def nothing(url: str, *_: Any, **__: Any) -> dict[str, Any]:
        raise ValueError(f"a paper fetches nothing: {url}")

    style = (STATIC / "totalplace" / "paper.css").read_text(encoding="utf-8")
    made = weasyprint.HTML(string=html, url_fetcher=nothing)
    written: bytes = made.write_pdf(
        stylesheets=[weasyprint.CSS(string=style)], pdf_variant="pdf/ua-1"
    )
    return written
