"""Budget, forecast, outturn and payments of a body side by side, each on its own basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from totalplace.count.rules.whole_place.from_payments import Explained
from totalplace.count.rules.whole_place.statements import Bridge, Kind, Side, Statement
from totalplace.count.rules.words import plural
from totalplace.doors.report.whole.said import NOT_KNOWN, Unit
from totalplace.doors.report.whole.tables import Cell, Row, money, table, words
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Link, Linked, Page, Part, exact, linked

CASH: Final = "Cash: counted on the day that it was paid."
ACCRUAL: Final = (
    "Accruals: counted in the year that it belongs to, whether or not it was paid in it."
)
_BASES: Final = {
    Kind.BUDGET: "Set before the year. Accruals, as the accounts will be.",
    Kind.FORECAST: "Said within the year. Accruals, as the accounts will be.",
    Kind.OUTTURN: ACCRUAL,
}
_NO_BUDGET: Final = (
    "No budget and no forecast is held in any return, so none stands here. A return whose figures "
    "are named “budget” or “forecast” is shown beside the outturn."
)


def bases_page(reading: Reading) -> Page:
    """Every body's budget, forecast, outturn and payments; no two of them are added."""
    whole = reading.whole
    bodies = {e.agency: e.agency_name for e in whole.explained}
    bodies |= {s.agency: s.agency_name for s in reading.opened.statements}
    parts = [_every_body(reading, bodies)]
    if not any(s.kind is not Kind.OUTTURN for s in reading.opened.statements):
        parts.append(Part("Budgets and forecasts", says=(_NO_BUDGET,)))
    return Page(
        title="Budget, forecast, outturn and payments",
        lead="The same money, looked at in different ways. Each stands on its own basis, and none "
        "is added to another.",
        at=("bases",),
        parts=tuple(parts),
        exact=exact(
            reading,
            (
                "agency",
                "agency_name",
                "kind",
                "side",
                "basis",
                "form",
                "document",
                "pence",
                "lines",
                "blank",
            ),
            [_exact(s) for s in reading.opened.statements] + list(_paid(whole.explained)),
        ),
    )


def _exact(s: Statement) -> tuple[str | int, ...]:
    pence: str | int = "" if s.pence is None else s.pence
    return (
        s.agency, s.agency_name, str(s.kind), str(s.side), "accruals", s.form, s.source, pence,
        s.lines, s.blank,
    )  # fmt: skip


def _paid(explained: Sequence[Explained]) -> Iterator[tuple[str | int, ...]]:
    for e in explained:
        if e.payments_pence is not None:
            yield (
                e.agency, e.agency_name, "payments", "gross spending", "cash", "payments", "",
                e.payments_pence, 0, 0,
            )  # fmt: skip


def _every_body(reading: Reading, bodies: dict[str, str]) -> Part:
    said = reading.opened.statements
    paid = {e.agency: e.payments_pence for e in reading.whole.explained}
    sums = [s.pence for s in said if s.pence is not None]
    unit = Unit.for_sums([*sums, *(p for p in paid.values() if p is not None)])
    kinds = [k for k in Kind if any(s.kind is k for s in said)]
    rows, heads, explains = [], [], []
    for agency, name in sorted(bodies.items(), key=lambda row: row[1]):
        cells = [money(unit, paid.get(agency), "cash, gross")]
        for kind in kinds:
            cells.append(_cell(unit, said, agency, kind, Side.GROSS))
            cells.append(_cell(unit, said, agency, kind, Side.NET))
        rows.append(Row(name, tuple(cells)))
        heads.append(reading.to("agencies", agency))
        explains.append(reading.explain(basis=agency))
    titles = [f"<{kind}" for kind in kinds]
    columns = [
        c for t in titles for c in (f"{t[1:].capitalize()}, gross", f"{t[1:].capitalize()}, net")
    ]
    made = table(
        "Table of bodies on each basis",
        f"Each body as a whole, {unit.name}, also where the place is only a part of its area. "
        f"{CASH} Payments leave out pay, benefits and small sums. {ACCRUAL}",
        ["Body", f"Payments, {unit.name}", *columns], rows,
    )  # fmt: skip
    return Part("Each body on each basis", table=linked(made, heads, explains))


def _cell(unit: Unit, said: Sequence[Statement], agency: str, kind: Kind, side: Side) -> Cell:
    """The sum of the form with the most lines; how many says what can be set against what."""
    found = [s for s in said if (s.agency, s.kind, s.side) == (agency, kind, side)]
    if not found:
        return Cell("–", look="sum")
    best = min(found, key=lambda s: (s.pence is None, -s.lines, s.form))
    return money(unit, best.pence, plural(best.lines, "line"))


def bases_part(reading: Reading, agency: str) -> Part:
    """One body on each basis, with the bridge from gross to net where a return gives both."""
    said = [s for s in reading.opened.statements if s.agency == agency]
    paid = [e for e in reading.whole.explained if e.agency == agency]
    if not said and not any(e.payments_pence is not None for e in paid):
        return Part(
            "Budget, outturn and payments", says=("Neither returns nor payments are held.",)
        )
    links = (Link("The same for every body", reading.to("bases")),)
    made = _of_body(reading, said, paid)
    bridges = tuple(_bridges(b for b in reading.opened.bridges if b.agency == agency))
    return Part("Budget, outturn and payments", table=made, notes=bridges, links=links)


def _of_body(reading: Reading, said: Sequence[Statement], paid: Sequence[Explained]) -> Linked:
    sums = [s.pence for s in said if s.pence is not None]
    sums += [e.payments_pence for e in paid if e.payments_pence is not None]
    unit = Unit.for_sums(sums)
    rows = [
        Row(
            "Published payments",
            (
                words("gross spending"),
                money(unit, e.payments_pence),
                words(CASH),
                words("payments"),
            ),
            f"{e.months_held} of 12 months",
        )
        for e in paid
        if e.payments_pence is not None
    ]
    for s in sorted(
        said, key=lambda s: (list(Kind).index(s.kind), s.form, list(Side).index(s.side))
    ):
        blank = plural(s.lines, "line") + (f", {s.blank} left blank" if s.blank else "")
        cells = (
            words(str(s.side)),
            money(unit, s.pence, blank),
            words(_BASES[s.kind]),
            words(s.form, s.source),
        )
        rows.append(Row(str(s.kind).capitalize(), cells))
    made = table(
        "Table of the bases of one body",
        "The body as a whole, before anything is shared to the place. These are not added.",
        ["What it is", "<Side", unit.name, "<Basis", "<Read from"], rows,
    )  # fmt: skip
    agency = said[0].agency if said else paid[0].agency
    return linked(made, explains=[reading.explain(basis=agency)] * len(rows))


def _bridges(found: Iterable[Bridge]) -> Iterator[tuple[str, str]]:
    """From gross to net, form by form: gross, less income, is net."""
    for b in found:
        unit = Unit.for_sums([b.gross_pence, b.income_pence])
        said = (
            f"{_say(unit, b.gross_pence)} gross, less {_say(unit, b.income_pence)} of "
            f"income, is {_say(unit, b.net_pence)} net, over {plural(b.lines, 'line')}."
        )
        if b.rest_pence:
            said += f" The form leaves {_say(unit, b.rest_pence)} of that unexplained."
        if b.left_out:
            said += f" {plural(b.left_out, 'line')} more have no bridge: one of the three is blank."
        yield f"The bridge from gross to net, {b.kind} ({b.form})", said


def _say(unit: Unit, pence: int | None) -> str:
    if pence is None:
        return NOT_KNOWN
    said = unit.said(abs(pence))
    sign = "-" if pence < 0 else ""
    return f"{sign}£{said}{' million' if unit.is_millions else ''}"
