"""The payments of the edition that an address names: at once where they are few, or soon."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from totalplace.count.queries.spending.held import held, is_ready
from totalplace.doors.web import work
from totalplace.doors.web.count import paper
from totalplace.doors.web.count.downloads import FORMS
from totalplace.doors.web.count.opening import Reading, edition_read, home, place_named
from totalplace.doors.web.count.page import Page
from totalplace.doors.web.count.views import context_of, origin_of
from totalplace.doors.web.front import public
from totalplace.doors.web.showing import now, show, who
from totalplace.doors.web.work import queries as works
from totalplace.doors.web.work.rules import Asked
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Operator

# Rows that are made ready while somebody waits: some seconds. More are done by the worker.
_AT_ONCE: Final = 150_000
JOB: Final = "make payments ready"
View = Callable[..., HttpResponseBase]


def of_edition(view: Callable[..., HttpResponseBase]) -> View:
    """A page of an edition that a reader may read; private where it is not published."""

    @require_safe
    @wraps(view)
    def seen(
        request: HttpRequest, place: str, year: str, number: int, **said: Any
    ) -> HttpResponseBase:
        named = place_named(place)
        reading = edition_read(named.code, _label(year), number, who(request), now())
        return shown(reading, view(request, reading, **said))

    return seen


def _label(said: str) -> str:
    try:
        return FinancialYear.parse(said).label
    except ValueError as error:
        raise Http404("That is no financial year.") from error


def with_payments(view: Callable[..., HttpResponseBase]) -> View:
    """The same, of the payments that the edition was made from; a page to wait on before."""

    @wraps(view)
    def seen(request: HttpRequest, reading: Reading, **said: Any) -> HttpResponseBase:
        if waits := _waits(reading):
            response = show(
                request, "spending/waiting.html",
                {"reading": reading, "row": reading.row, "whole": reading.whole, "work": waits},
                status=503,
            )  # fmt: skip
            response["Retry-After"] = "30"
            return response
        ready = held(home(), reading.row, reading.opened.plain)
        if ready is None:
            said_of = {"reading": reading, "row": reading.row, "whole": reading.whole}
            return show(request, "spending/none.html", said_of)
        return view(request, reading, ready, **said)

    return of_edition(seen)


def _waits(reading: Reading) -> str:
    """How far the payments are from being ready; '' where nobody need wait."""
    rows = sum(f.rows for f in reading.opened.files if f.what == "payments")
    if rows <= _AT_ONCE or is_ready(home(), reading.row, reading.opened.plain):
        return ""
    about = f"payments of edition {reading.row.citation}"
    under_way = works.under_way(about)
    if under_way is not None:
        return under_way.said
    work.enqueue(
        JOB, by=Operator("reader"), about=about, words=f"Making ready the {about}",
        asked=Asked(place=reading.row.place, back=reading.to("payments")),
        edition=reading.row.citation,
    )  # fmt: skip
    return "It is waiting for its turn."


def shown(reading: Reading, response: HttpResponseBase) -> HttpResponseBase:
    """The same answer: kept by all where all may read it, and by nobody else."""
    if response.headers.get("Cache-Control") or response.status_code != 200:
        return response
    if not reading.is_public:
        response["X-Robots-Tag"] = "noindex"
        response["Cache-Control"] = "private, no-store"
        return response
    if response.streaming:
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response
    return public(response)


def nameless(response: HttpResponseBase) -> HttpResponseBase:
    """A page on which a person's name may stand: no search engine may keep it."""
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def paged(request: HttpRequest, reading: Reading, page: Page, form: str = "") -> HttpResponseBase:
    """A page that is made of parts, as it is read or as a file of exactly what it shows."""
    if not form:
        return show(request, "count/view.html", context_of(request, reading, page))
    origin = origin_of(request, reading, page)
    if form == "pdf":
        return paper.pdf(reading, page, origin)
    media, write = FORMS[form]
    response = HttpResponse(write(page, origin), content_type=media)
    return named(response, file_name(reading, *page.at, form=form))


def file_name(reading: Reading, *parts: str, form: str) -> str:
    """The name of a file: its edition and what it holds, in plain letters."""
    name = "-".join([reading.row.citation.replace("/", "-"), *parts])
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name) + (
        f".{form}"
    )


def named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """The same answer as a file of a name, to be kept."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
