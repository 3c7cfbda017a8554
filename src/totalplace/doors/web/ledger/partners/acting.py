"""Arranging who shows the money, running and agreeing a year-end clause, closing a year."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from totalplace.doors.report.pool import year_end_table
from totalplace.doors.web.ledger.partners.forms import AgreeClause, Arrange, TryClause
from totalplace.doors.web.ledger.partners.looking import sent
from totalplace.doors.web.ledger.partners.seeing import Seen, names, read, the_year, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.ledger import queries
from totalplace.ledger.actions import partners as actions
from totalplace.ledger.queries import partners as shown
from totalplace.ledger.queries import partners_returns as returns
from totalplace.ledger.rules.accounts import Heading
from totalplace.ledger.rules.clause_text import clause_of, text_of
from totalplace.ledger.rules.past_years import past_years_of
from totalplace.ledger.rules.year_end import YearEnd, check_clause, run_clause
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.refusal import Refused


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, book: str) -> HttpResponseBase:
    """Say who shows the money of a pool in its own accounts."""
    this = read(request, book)
    by = officer_of(request)
    places.power(by, Act.OPEN_BOOK, agency=this.book.host, place=this.book.place, on=now())
    form = Arrange(request.POST or None, lines=queries.lines(book), partners=_choices(this))
    if not form.is_bound:
        _suggest(form, book)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.arrange(
            book, form.arrangement(), why=said["why"], citation=said["rests_on"], by=by, on=now()
        )
        messages.success(request, "It is arranged who shows the money.")
        return redirect("pool-partners", book)
    return _form(request, this, form, "Arrange who shows the money", "Arrange it")


@officers_only
@require_http_methods(["GET", "HEAD"])
def year_end(request: HttpRequest, book: str, year: int) -> HttpResponseBase:
    """A year's close: what the clause comes to, on every year; another clause can be tried."""
    this = read(request, book)
    label = the_year(this, year)
    holds = shown.clause_of_year(book, year)
    form = TryClause(request.GET if request.GET.get("kind") else None, partners=_partners(this))
    tried = ""
    ends: list[YearEnd] = []
    if form.is_bound:
        tried, ends = _tried(form, this)
    elif holds is not None:
        ends = shown.year_ends(book, [year])
    said = {
        "this": this,
        "year": label,
        "holds": holds,
        "form": form,
        "tried": tried,
        "query": request.GET.urlencode(),
        "table": year_end_table(ends, names()) if ends else None,
        "memorandum": returns.memorandum_account(book, year),
        "closed_by": shown.closing_postings(book, year),
        "may_close": this.posts and today() > label.last_day,
    }
    return show(request, "ledger/partners/year_end.html", said)


@officers_only
@require_safe
def run_file(request: HttpRequest, book: str, year: int, form: str) -> HttpResponseBase:
    """What a clause that is tried comes to, as XLSX or CSV."""
    this = read(request, book)
    label = the_year(this, year)
    tried, ends = _tried(TryClause(request.GET, partners=_partners(this)), this)
    if not tried:
        raise Http404
    return sent([year_end_table(ends, names())], f"clause-{book}-{label}", form)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, book: str, year: int) -> HttpResponseBase:
    """Agree the clause that was run, from a year on."""
    this = read(request, book)
    label = the_year(this, year)
    form = AgreeClause(request.POST or None, initial={"text": request.GET.get("text", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.agree_clause(
            book, year, said["text"], citation=said["rests_on"], by=officer_of(request), on=now()
        )
        messages.success(request, f"The clause holds from {label}.")
        return redirect("pool-year-end", book, year)
    return _form(request, this, form, f"Agree the clause from {label}", "Agree it")


@officers_only
@require_POST
def close(request: HttpRequest, book: str, year: int) -> HttpResponseBase:
    """Post what the clause of a year comes to."""
    this = read(request, book)
    label = the_year(this, year)
    actions.close_year(book, year, by=officer_of(request), on=now())
    messages.success(request, f"{label} is closed. What it came to is posted.")
    return redirect("pool-year-end", book, year)


def _tried(form: TryClause, this: Seen) -> tuple[str, list[YearEnd]]:
    """The clause that is tried, in its sentences, and what it comes to in every year."""
    book = this.book.code
    if not form.is_valid():
        return "", []
    try:
        clause = form.clause()
        tried = text_of(clause) if clause else form.cleaned_data["sentences"]
        check_clause(clause_of(tried), shown.partners(book))
        ends = _past(form.cleaned_data["past"], tried)
        return tried, ends + shown.year_ends(book, [y.start for y in this.years[::-1]], text=tried)
    except Refused as refused:  # a reading changes nothing, so what was typed stays on its page
        form.add_error(None, str(refused))
        return "", []


def _past(text: str, clause: str) -> list[YearEnd]:
    """What a clause comes to in years before the book. They carry as they would today."""
    years = past_years_of(text)
    known = {one.code for one in places.agencies()}
    agencies = {agency for one in years for agency in one.contributions} & known
    return run_clause(clause_of(clause), years, may_carry=shown.may_carry(sorted(agencies)))


def _partners(this: Seen) -> list[tuple[str, str]]:
    called = names()
    return [(code, called.get(code, code)) for code in shown.partners(this.book.code)]


def _choices(this: Seen) -> list[tuple[str, str]]:
    """The partners of a pool, and the members of its place that may become one."""
    called = dict(_partners(this))
    members = places.members(this.book.place, on=today())
    return sorted((called | {m.agency.code: m.agency.name for m in members}).items())


def _suggest(form: Arrange, book: str) -> None:
    """Put what each partner promised beside it: the usual shares of a joint operation."""
    promised: dict[str, int] = defaultdict(int)
    for account, pence in queries.balances(book).items():
        if account.heading is Heading.AUTHORITY:
            promised[account.agency] -= pence
    for at, (code, _) in enumerate(form.partners):
        if promised[code]:
            form.fields[f"share_{at}"].initial = f"{promised[code] / 100:.2f}"


def _form(
    request: HttpRequest, this: Seen, form: object, title: str, button: str
) -> HttpResponseBase:
    said = {"this": this, "form": form, "title": title, "button": button,
            "back": f"/ledger/{this.book.code}/partners/"}  # fmt: skip
    return show(request, "ledger/partners/form.html", said)
