"""The quarterly return: shown, completed with forecasts and conditions, and taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.doors.web.ledger.partners.forms import Condition, Forecasts
from totalplace.doors.web.ledger.partners.looking import sent
from totalplace.doors.web.ledger.partners.seeing import Seen, names, read, the_quarter
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.ledger import queries
from totalplace.ledger.actions import partners_ledgers as actions
from totalplace.ledger.actions.partners_ledgers import ConditionGiven, ForecastGiven
from totalplace.ledger.definitions.reading import conditions
from totalplace.ledger.queries.partners import before_closing
from totalplace.ledger.queries.partners_returns import quarterly_return, return_said
from totalplace.ledger.rules.figures import of_accounts
from totalplace.ledger.rules.returns import PLANNED, Quarter
from totalplace.ledger.rules.statements import schemes
from totalplace.money.pence import pounds
from totalplace.refusal import Refused


@officers_only
@require_safe
def one(request: HttpRequest, book: str, year: int, quarter: int) -> HttpResponseBase:
    """The return of a quarter, and what it still lacks."""
    this = read(request, book)
    row = quarterly_return(book, _held(this, year, quarter))
    said = {"this": this, "row": row, "conditions": conditions(year)}
    return show(request, "ledger/partners/return.html", said)


@officers_only
@require_safe
def taken(request: HttpRequest, book: str, year: int, quarter: int, form: str) -> HttpResponseBase:
    """The return of a quarter as XLSX or CSV."""
    this = read(request, book)
    asked = _held(this, year, quarter)
    row = quarterly_return(book, asked)
    return sent(row.tables, f"return-{book}-{year}-q{quarter}", form)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def forecasts(request: HttpRequest, book: str, year: int, quarter: int) -> HttpResponseBase:
    """Say what each scheme will have spent by the end of the year."""
    this = read(request, book)
    asked = _held(this, year, quarter)
    found, called = _schemes(book, asked), names()
    titles = {line.code: line.title for line in queries.lines(book)}
    shown = [(f"{titles[line]}: {called[who]}", pounds(planned)) for line, who, planned in found]
    form = Forecasts(request.POST or None, schemes=shown)
    if not form.is_bound:
        before = return_said(book, asked)
        for at, (line, agency, _) in enumerate(found):
            if (one := before.forecast(line, agency)) is not None:
                form.fields[f"pounds_{at}"].initial = f"{one.pence / 100:.2f}"
                form.fields[f"why_{at}"].initial = one.why
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = [
            ForecastGiven(line, agency, said[f"pounds_{at}"], said[f"why_{at}"])
            for at, (line, agency, _) in enumerate(found)
            if said[f"pounds_{at}"] is not None
        ]
        actions.forecast(book, asked, given, by=officer_of(request), on=now())
        messages.success(request, "The forecasts are kept.")
        return redirect("pool-return", book, year, quarter)
    return _form(request, this, form, f"Forecasts for {asked.label}", asked)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def condition(
    request: HttpRequest, book: str, year: int, quarter: int, number: int
) -> HttpResponseBase:
    """Say of a national condition whether it is met."""
    this = read(request, book)
    asked, known = _held(this, year, quarter), conditions(year)
    if number not in known.words:
        raise Http404
    minimum = number == known.minimum
    form = Condition(request.POST or None, minimum=minimum, lines=queries.lines(book))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        given = ConditionGiven(
            number, said["met"] == "yes", said["words"], said.get("required"),
            said.get("source", ""), tuple(said.get("lines", ())),
        )  # fmt: skip
        actions.say_condition(book, asked, given, by=officer_of(request), on=now())
        messages.success(request, f"Condition {number} is kept.")
        return redirect("pool-return", book, year, quarter)
    return _form(request, this, form, known.words[number], asked)


def _held(this: Seen, year: int, quarter: int) -> Quarter:
    """The quarter of an address. Raises Http404 where it has no national conditions yet."""
    asked = the_quarter(this, year, quarter)
    try:
        conditions(year)
    except Refused as refused:
        raise Http404 from refused
    return asked


def _schemes(book: str, quarter: Quarter) -> list[tuple[str, str, int]]:
    year = quarter.year
    balances = before_closing(book, year, day=quarter.last_day)
    return [
        (line, agency,
         of_accounts(balances, *PLANNED, agency=agency, line=line, year=year).pence or 0)
        for line, agency in schemes(balances, year)
    ]  # fmt: skip


def _form(
    request: HttpRequest, this: Seen, form: object, title: str, quarter: Quarter
) -> HttpResponseBase:
    back = f"/ledger/{this.book.code}/returns/{quarter.year}/{quarter.number}/"
    said = {"this": this, "form": form, "title": title, "button": "Keep it", "back": back}
    return show(request, "ledger/partners/form.html", said)
