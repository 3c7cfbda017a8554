"""Officers' forms: post what happened, by hand or from a file; turn a posting round; close days."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.report.book import template_of
from totalplace.doors.web.forms import Day
from totalplace.doors.web.ledger.book.looking import STAGE_WORDS, Seen, names, seen, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.ledger import actions, queries
from totalplace.ledger.reading.posting_file import MOST_BYTES, read_postings
from totalplace.ledger.rules.accounts import Heading
from totalplace.ledger.rules.deeds import MEANING, Deed, Verb
from totalplace.ledger.rules.posting_sheet import CellFault, Given
from totalplace.ledger.rules.refusing import Unposted
from totalplace.ledger.rules.table import table
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_FORMS = ("GET", "HEAD", "POST")
_CONFLICT = 409
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Post(forms.Form):
    """What happened to money, and what that rests on."""

    verb = forms.ChoiceField(label="What happened?", choices=[(v.value, m) for v, m in
                             MEANING.items()])  # fmt: skip
    line = forms.ChoiceField(label="To money of which line?")
    year = forms.ChoiceField(label="In which financial year?")
    agency = forms.ChoiceField(
        label="By which agency?", required=False,
        help_text="Where it was allocated, committed, spent or paid.",
    )  # fmt: skip
    pence = forms.CharField(
        label="How many pounds?", max_length=30,
        help_text="Such as 1250.50. Below nothing takes back what was promised, allocated, "
        "committed or due.",
    )  # fmt: skip
    to_line = forms.ChoiceField(label="Moved to which line?", required=False,
                                help_text="Only for a virement.")  # fmt: skip
    to_year = forms.ChoiceField(label="Carried to which year?", required=False,
                                help_text="Only for a carry-forward.")  # fmt: skip
    received = forms.CharField(
        label="How many pounds of what moves were received?", max_length=30, required=False,
        help_text="Only for a virement or a carry-forward.",
    )  # fmt: skip
    day = Day(label="On which day did it happen?")
    citation = forms.CharField(
        label="What does it rest on?", max_length=60,
        help_text="Such as: invoice, order, grant letter, decision.",
    )  # fmt: skip
    number = forms.CharField(label="Its number", max_length=200)
    note = forms.CharField(label="A note", max_length=300, required=False)
    late = forms.CharField(
        label="Why does it come late?", max_length=300, required=False,
        help_text="Only where that day is closed: it then gets the first open day.",
    )  # fmt: skip

    def __init__(self, typed: QueryDict | None, this: Seen) -> None:
        super().__init__(typed, initial={"day": today()})
        lines = [(row.code, f"{row.title} ({row.payer_name})") for row in
                 queries.lines(this.book.code)]  # fmt: skip
        years = [(str(year), FinancialYear(year).label) for year in this.book.years]
        bodies = {one.agency.code: one.agency.name for one in places.members(this.book.place)}
        bodies[this.book.host] = this.book.host_name
        none = [("", "Does not apply")]
        agencies = sorted(bodies.items(), key=lambda item: item[1])
        for name, listed in (
            ("line", lines), ("year", years), ("agency", none + agencies),
            ("to_line", none + lines), ("to_year", none + years),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (each is, above)
            field.choices = listed

    def given(self) -> Given:
        """What is to be posted. Raises Unposted, with its field, for what is no sum."""
        said = self.cleaned_data
        deed = Deed(
            verb=Verb(said["verb"]),
            line=said["line"],
            year=int(said["year"]),
            pence=_pence(said["pence"], "pence"),
            agency=said["agency"],
            to_line=said["to_line"],
            to_year=int(said["to_year"]) if said["to_year"] else None,
            received_pence=_pence(said["received"] or "0", "received"),
        )
        rests_on = Citation(said["citation"], said["number"])
        return Given(deed, said["day"], rests_on, said["note"], said["late"])


class Upload(forms.Form):
    """A file of postings."""

    file = forms.FileField(
        label="A workbook (XLSX) or CSV file", help_text="At most 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip


class Reverse(forms.Form):
    """Why a posting is turned round."""

    why = forms.CharField(
        label="Why is it wrong?", help_text="It stands in the book.",
        widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": "Say why"},
    )  # fmt: skip


class Close(forms.Form):
    """Until which day a book is closed."""

    last_day = Day(label="Until which day?", help_text="The last day of a month, quarter or year.")


@officers_only
@require_http_methods(_FORMS)
def post(request: HttpRequest, code: str) -> HttpResponseBase:
    """Post what happened; what is refused is shown at its field."""
    this = _opened(request, code, Act.POST)
    form = Post(_typed(request), this)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.do(code, form.given(), by=officer_of(request), on=now())
        except Refused as refused:
            _at_its_field(form, refused)
        else:
            messages.success(request, f"It is posted as number {row.number}, on {row.day}.")
            return redirect("book-posting", code, row.number)
    said = {"this": this, "form": form, "left": _left(this), "names": names(),
            "words": STAGE_WORDS}  # fmt: skip
    status = _CONFLICT if form.errors else 200
    return show(request, "ledger/book/post.html", said, status=status)


@officers_only
@require_safe
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The workbook to fill in."""
    _opened(request, code, Act.POST)
    answer = HttpResponse(template_of(code), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{code}-postings.xlsx"'
    return answer


@officers_only
@require_http_methods(_FORMS)
def upload(request: HttpRequest, code: str) -> HttpResponseBase:
    """Post all rows of a file, and seal them; with a fault in it, none."""
    this = _opened(request, code, Act.POST)
    form = Upload(_typed(request), request.FILES if request.method == "POST" else None)
    faults: list[CellFault] = []
    if request.method == "POST" and form.is_valid():
        given, faults = _read(this, form.cleaned_data["file"])
        if not faults:
            first, last = actions.do_all(code, given, by=officer_of(request), on=now())
            messages.success(request, f"Posted and sealed: numbers {first} to {last}.")
            return redirect("book-postings", code)
    said = {"this": this, "form": form, "faults": faults}
    return show(request, "ledger/book/upload.html", said, status=_CONFLICT if faults else 200)


@officers_only
@require_http_methods(_FORMS)
def reverse(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """Turn a posting round."""
    this = _opened(request, code, Act.POST)
    form = Reverse(_typed(request))
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        row = actions.reverse(code, number, why=why, by=officer_of(request), on=now())
        messages.success(request, f"It is turned round by number {row.number}.")
        return redirect("book-posting", code, number)
    words = "The same transfers are posted the other way. Then post anew what is right."
    said = {"this": this, "form": form, "title": f"Turn posting {number} round", "words": words,
            "button": "Turn it round"}  # fmt: skip
    return show(request, "ledger/book/form.html", said)


@officers_only
@require_http_methods(_FORMS)
def close(request: HttpRequest, code: str) -> HttpResponseBase:
    """Close all days until the end of a month."""
    this = _opened(request, code, Act.CLOSE_PERIOD)
    form = Close(_typed(request))
    if request.method == "POST" and form.is_valid():
        row = actions.close_period(
            code, form.cleaned_data["last_day"], by=officer_of(request), on=now()
        )
        messages.success(request, f"All until {in_words(row.last_day)} is closed.")
        return redirect("book", code)
    words = "What is closed never opens again, and its totals are public from then on."
    said = {"this": this, "form": form, "title": "Close a period", "words": words,
            "button": "Close it"}  # fmt: skip
    return show(request, "ledger/book/form.html", said)


@officers_only
@require_http_methods(_FORMS)
def seal(request: HttpRequest, code: str) -> HttpResponseBase:
    """Seal what is not sealed yet."""
    this = _opened(request, code, Act.POST)
    if request.method == "POST":
        batch = actions.seal(code, by=officer_of(request), on=now())
        told = "Everything was sealed already." if batch is None else (
            f"Sealed as batch {batch.number}, with number {batch.last} as its last.")  # fmt: skip
        messages.success(request, told)
        return redirect("book", code)
    words = (
        f"{queries.unsealed(code):,} are not sealed. Sealing puts their digest on the record, so "
        "that anybody sees if one is changed."
    )
    said = {"this": this, "form": forms.Form(), "title": "Seal what was posted", "words": words,
            "button": "Seal it"}  # fmt: skip
    return show(request, "ledger/book/form.html", said)


def _opened(request: HttpRequest, code: str, act: Act) -> Seen:
    this = seen(request, code)
    by = officer_of(request)
    places.power(by, act, agency=this.book.host, place=this.book.place, on=now())
    return this


def _left(this: Seen) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """What is left of each line and year: what a posting can still take from where."""
    balances = queries.balances(this.book.code)
    lines = {row.code: row.title for row in queries.lines(this.book.code)}
    found = []
    for row in table(balances, lines):
        left = [
            (STAGE_WORDS[heading][0], agency, sums.of(heading))
            for heading in (Heading.UNALLOCATED, Heading.ALLOCATED, Heading.COMMITTED)
            for agency, sums in sorted(row.agencies.items())
            if sums.of(heading)
        ]
        cash = row.sums.of(Heading.CASH)
        left += [("Cash", this.book.host, cash)] if cash else []
        found.append((lines[row.line], FinancialYear(row.year).label, left))
    return found


def _at_its_field(form: Post, refused: Refused) -> None:
    """Put a refusal at the field that it is about, with its remedy; else above the form."""
    field = refused.field if isinstance(refused, Unposted) else ""
    named = field if field in form.fields else None
    form.add_error(named, f"{refused.what}: {refused.why}. {refused.next_step}.")


def _pence(said: str, field: str) -> int:
    """Pounds as they are typed, in pence; below nothing with a minus."""
    below = said.strip().startswith(("-", "\N{MINUS SIGN}"))
    try:
        pence = said_pence(said.strip().lstrip("-\N{MINUS SIGN}")) or 0
    except Refused as refused:
        raise Unposted(
            refused.what, why=refused.why, next_step=refused.next_step, field=field
        ) from refused
    return -pence if below else pence


def _read(this: Seen, file: UploadedFile[Any]) -> tuple[list[Given], list[CellFault]]:
    with tempfile.TemporaryDirectory(prefix="totalplace-postings-") as folder:
        path = Path(folder) / "postings"
        path.write_bytes(file.read(MOST_BYTES + 1))
        return read_postings(
            path,
            name=file.name or "The file",
            payers={row.code: row.payer for row in queries.lines(this.book.code)},
            host=this.book.host,
            agencies={one.code for one in places.agencies()},
        )


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was typed, also where the form is drawn again above which a refusal stands."""
    return request.POST if request.method == "POST" or request.POST else None
