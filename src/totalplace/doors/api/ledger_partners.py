"""/api/v1/ledger/pools/: partners' books of a pool, statements, returns, and partners' ledgers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Router, Schema
from pydantic import Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day, Line, OptionalWords, Pence, Said, Words
from totalplace.doors.web.showing import now
from totalplace.ledger import queries
from totalplace.ledger.actions import partners as arranging
from totalplace.ledger.actions import partners_ledgers as giving
from totalplace.ledger.actions.partners_ledgers import ForecastGiven
from totalplace.ledger.queries import partners as shown
from totalplace.ledger.queries import partners_returns as returns
from totalplace.ledger.queries.partners_ledgers import partner_ledgers, reconciliation
from totalplace.ledger.rules.figures import Figure, Table
from totalplace.ledger.rules.returns import Quarter
from totalplace.ledger.rules.treatments import Arrangement, Basis, Part, Treatment
from totalplace.ledger.rules.year_end import YearEnd
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer
from totalplace.record.rules.chain import Citation

router = Router()
_ONE = "/{book}"
Year = Annotated[int, Field(ge=1990, le=2190, description="In which a financial year begins.")]
Nth = Annotated[int, Field(ge=1, le=4)]
Known = Annotated[int | None, Field(description="In pence; null: not given.")]


class PartnerBalance(Schema):
    """What a partner shows on one account of a pool: debits less credits, in pence."""

    partner: str = Field(description="Empty: it is arranged for nobody.")
    heading: str
    agency: str
    line: str
    year: int
    pence: int


class PoolFigure(Schema):
    """A cell of a statement: words, or a sum in pence with where it comes from."""

    column: str
    words: str
    pence: Known
    comes_from: str


class PoolRow(Schema):
    """A row of a statement."""

    label: str
    weight: str = Field(description="item, total or check; a check is nothing if all is right.")
    cells: list[PoolFigure]


class PoolTable(Schema):
    """A table of a statement or return."""

    title: str
    rows: list[PoolRow]
    note: str


class PoolStatement(Schema):
    """A statement or return of a pool; what it still lacks, in sentences."""

    tables: list[PoolTable]
    lacks: list[str]


class PoolDifference(Schema):
    """A difference between a partner's own ledger and the pool's book."""

    difference: str
    kind: str
    pence: int = Field(description="What is in the partner's ledger beyond the book.")
    explained: str


class PoolReconciliation(Schema):
    """A partner's own ledger held against the pool's book, as both are today."""

    number: int
    name: str
    of: str
    first_day: date
    last_day: date
    ledger_pence: int
    book_pence: int
    ties: bool
    differences: list[PoolDifference]


class PartShare(Said):
    """How one partner shows the money, and its weight: pence, or hundredths of a per cent."""

    agency: Code
    treatment: Treatment
    weight: Annotated[int, Field(ge=0, le=10**15)] = 0


class ArrangingSaid(Said):
    """Who shows the money of a line, or of every line, from a day on."""

    basis: Basis
    first_day: Day
    parts: Annotated[list[PartShare], Field(max_length=200)]
    why: Words
    rests_on_kind: Line
    rests_on: Line
    line: Annotated[str, Field(max_length=64)] = ""


class ClauseSaid(Said):
    """A year-end clause, in its sentences, and on what it rests."""

    text: Words
    rests_on_kind: Line
    rests_on: Line


class ForecastSaid(Said):
    """What a scheme is expected to spend by the end of the year, and why it is not the plan."""

    line: Code
    agency: Code
    pence: Pence
    why: OptionalWords = ""


class ExplainingSaid(Said):
    """What a difference is."""

    difference: Line
    words: Words


class PoolKept(Schema):
    """What was kept, in words."""

    said: str


class YearClosed(Schema):
    """What each partner pays (above nothing), gets back (below), or keeps, in pence."""

    over_pence: int
    pays: dict[str, int]
    kept: dict[str, int]


@reads(router, _ONE + "/partners", answers=Listed[PartnerBalance], needs=Act.READ_BOOK)
def partners_books(
    by: Asker, *, book: Code, day: date | None = None, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """What each partner shows of a pool: together, the pool, to the penny."""
    _readable(by, book)
    rows = [
        PartnerBalance(partner=one.agency, heading=a.heading.value, agency=a.agency, line=a.line,
                       year=a.year, pence=pence)
        for one in shown.partner_books(book, day=day).values()
        for a, pence in one.balances.items()
    ]  # fmt: skip
    return page(rows, _at, lambda row: row, after=after or None, limit=limit)


@reads(router, _ONE + "/statements/{year}/{which}", answers=PoolStatement, needs=Act.READ_BOOK)
def pool_statement(
    by: Asker, *, book: Code, year: Year,
    which: Literal["memorandum", "trial-balance", "grants", "partners"],
) -> PoolStatement:  # fmt: skip
    """A statement of a pool for a year; each figure says its accounts or its formula."""
    _readable(by, book)
    tables = {
        "memorandum": lambda: returns.memorandum_account(book, year),
        "trial-balance": lambda: returns.trial_balances(book),
        "grants": lambda: returns.grant_returns(book, year),
        "partners": lambda: [returns.who_shows_what(book)],
    }[which]()
    return PoolStatement(tables=[_table(one) for one in tables], lacks=[])


@reads(router, _ONE + "/returns/{year}/{quarter}", answers=PoolStatement, needs=Act.READ_BOOK)
def pool_return(by: Asker, *, book: Code, year: Year, quarter: Nth) -> PoolStatement:
    """The section 75 and Better Care Fund return of a quarter, and what it still lacks."""
    _readable(by, book)
    row = there(lambda: returns.quarterly_return(book, Quarter(year, quarter)))
    return PoolStatement(tables=[_table(one) for one in row.tables], lacks=row.lacks)


@reads(router, _ONE + "/ledgers/{agency}/{number}", answers=PoolReconciliation,
       needs=Act.READ_BOOK)  # fmt: skip
def pool_reconciliation(
    by: Asker, *, book: Code, agency: Code, number: Number
) -> PoolReconciliation:
    """A partner's own ledger held against the pool's book, difference by difference."""
    _readable(by, book, agency)
    row = there(lambda: reconciliation(book, agency, number))
    differences = [
        PoolDifference(
            difference=one.key, kind=one.kind.value, pence=one.pence,
            explained=row.explained[one.key].words if one.key in row.explained else "",
        )
        for one in row.found.differences
    ]  # fmt: skip
    return PoolReconciliation(
        number=number, name=row.ledger.name, of=row.ledger.view.value,
        first_day=row.ledger.first_day, last_day=row.ledger.last_day,
        ledger_pence=row.found.there_pence, book_pence=row.found.here_pence,
        ties=row.found.ties, differences=differences,
    )  # fmt: skip


@writes(router, _ONE + "/arrangements", act=Act.OPEN_BOOK, answers=PoolKept, status=201)
def arrange_pool(by: Officer, *, book: Code, said: ArrangingSaid) -> PoolKept:
    """Say who shows the money of a pool in its own accounts, from a day on."""
    there(lambda: queries.book(book))
    parts = tuple(Part(one.agency, one.treatment, one.weight) for one in said.parts)
    row = arranging.arrange(
        book, Arrangement(said.line, said.first_day, said.basis, parts), why=said.why,
        citation=Citation(said.rests_on_kind, said.rests_on), by=by, on=now(),
    )  # fmt: skip
    return PoolKept(said=f"{row.arrangement.basis} from {row.arrangement.first_day}")


@writes(router, _ONE + "/year-end/{year}/clause", act=Act.OPEN_BOOK, answers=PoolKept, status=201)
def agree_year_end(by: Officer, *, book: Code, year: Year, said: ClauseSaid) -> PoolKept:
    """Agree how over- and underspends are shared, from a year on."""
    there(lambda: queries.book(book))
    cited = Citation(said.rests_on_kind, said.rests_on)
    row = arranging.agree_clause(book, year, said.text, citation=cited, by=by, on=now())
    return PoolKept(said=row.text)


@writes(router, _ONE + "/year-end/{year}/close", act=Act.POST, answers=YearClosed)
def close_pool_year(by: Officer, *, book: Code, year: Year) -> YearClosed:
    """Post what the clause of a year comes to: due, owed back, and carried forward."""
    there(lambda: queries.book(book))
    end: YearEnd = arranging.close_year(book, year, by=by, on=now())
    return YearClosed(over_pence=end.figures.over_pence, pays=dict(end.pays), kept=dict(end.kept))


@writes(router, _ONE + "/returns/{year}/{quarter}/forecasts", act=Act.POST, answers=PoolKept)
def forecast_pool(
    by: Officer, *, book: Code, year: Year, quarter: Nth, said: ForecastSaid
) -> PoolKept:
    """Say what a scheme is expected to spend in the year, for the return of a quarter."""
    there(lambda: queries.book(book))
    given = ForecastGiven(said.line, said.agency, said.pence, said.why)
    of = Quarter(year, quarter)
    giving.forecast(book, of, [given], by=by, on=now())
    return PoolKept(said=f"the forecast of {said.agency} on {said.line} for {of.label}")


@writes(router, _ONE + "/ledgers/{agency}/{number}/explain", act=Act.GIVE_PARTNER_LEDGER,
        answers=PoolKept)  # fmt: skip
def explain_difference(
    by: Officer, *, book: Code, agency: Code, number: Number, said: ExplainingSaid
) -> PoolKept:
    """Say what a difference is. It stays among the differences."""
    there(lambda: queries.book(book))
    there(lambda: partner_ledgers(book, agency))
    giving.explain(book, agency, number, said.difference, said.words, by=by, on=now())
    return PoolKept(said=said.words)


def _readable(by: Asker, book: str, agency: str = "") -> None:
    """A 404 where there is no such book, and a refusal where it may not be read."""
    row = there(lambda: queries.book(book))
    officer = by.reading(Act.READ_BOOK)
    own = agency and places.may(officer, Act.READ_BOOK, agency=agency, place=row.place, on=now())
    if not own:
        places.power(by.acting(Act.READ_BOOK), Act.READ_BOOK, agency=row.host, place=row.place,
                     on=now())  # fmt: skip


def _at(row: PartnerBalance) -> str:
    return f"{row.partner}/{row.line}/{row.year}/{row.heading}/{row.agency}"


def _table(of: Table) -> PoolTable:
    return PoolTable(
        title=of.title,
        note=of.note,
        rows=[
            PoolRow(
                label=row.label,
                weight=row.weight.value,
                cells=[
                    _figure(head, cell) for head, cell in zip(of.heads[1:], row.cells, strict=False)
                ],
            )
            for row in of.rows
        ],
    )


def _figure(column: str, cell: Figure | str) -> PoolFigure:
    if isinstance(cell, str):
        return PoolFigure(column=column, words=cell, pence=None, comes_from="")
    return PoolFigure(column=column, words="", pence=cell.pence, comes_from=cell.how)
