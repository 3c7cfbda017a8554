"""What differs between two editions of a place, line by line, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from totalplace.count.rules.whole_place.frozen import Changed, Difference, changed, differences
from totalplace.count.rules.words import plural
from totalplace.doors.report.columns import Cell as Exactly
from totalplace.doors.report.whole.said import Unit
from totalplace.doors.report.whole.tables import Cell, Row, money, table, words
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Exact, Figured, Linked, Page, Part, linked
from totalplace.money.pence import pounds

MOST = 300
_HEADS = (
    "before", "after", "rule", "agency", "agency_name", "service", "economic", "before_pence",
    "after_pence", "difference_pence", "why",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Two:
    """An earlier and a later edition."""

    before: Reading
    after: Reading


def compared_page(two: Two) -> Page:
    """The difference between two editions; the later one's address heads the page's links."""
    before, after = two.before, two.after
    found = differences(before.opened.plain, after.opened.plain)
    why = changed(before.opened.plain, after.opened.plain)
    names = f"edition {before.row.number} to edition {after.row.number}"
    if before.row.year != after.row.year:
        names = f"{before.row.citation} to {after.row.citation}"
    lines = plural(len(found), "line differs", "lines differ")
    return Page(
        title=f"What changed from {names}",
        lead="The two editions say the same." if not found else f"{lines}, the largest first.",
        at=("compare", str(after.row.number)),
        parts=tuple(_parts(two, found, why)),
        exact=_exact(two, found),
    )


def _exact(two: Two, found: list[Difference]) -> Exact:
    rows: list[tuple[Exactly, ...]] = [
        (two.before.row.citation, two.after.row.citation, d.income, d.agency, d.agency_name,
         d.service, d.economic, _or_empty(d.before_pence), _or_empty(d.after_pence), d.pence, d.why)
        for d in found
    ]  # fmt: skip
    return Exact(_HEADS, tuple(rows))


def _or_empty(pence: int | None) -> Exactly:
    return "" if pence is None else pence


def _parts(two: Two, found: list[Difference], why: Changed) -> Iterator[Part]:
    before, after = two.before.whole, two.after.whole
    if before.income is after.income:
        yield Part("The two totals", figures=_totals(two))
    else:
        says = "One edition is headed by a net total and the other by a gross one: two counts of "
        says += "much the same money, of which no difference can be said."
        yield Part("The two totals", says=(says,))
    yield _why(why)
    if found:
        yield Part("Line by line", table=_table(two, found))


def _totals(two: Two) -> tuple[Figured, ...]:
    """Both totals and their difference."""
    found = [
        Figured(
            name, pounds(r.whole.total.pence), r.row.citation,
            explain=r.explain(rule=str(r.whole.income)),
        )
        for name, r in (("Before", two.before), ("After", two.after))
    ]  # fmt: skip
    more = two.after.whole.total.pence - two.before.whole.total.pence
    way = "more" if more > 0 else "less"
    said = f"The later edition counts {way}." if more else "Both count the same in all."
    return (*found, Figured("Difference", pounds(more), said))


def _why(why: Changed) -> Part:
    notes = [
        (name, "; ".join(listed))
        for name, listed in (
            ("Rulings added", why.rulings_added),
            ("Rulings withdrawn", why.rulings_gone),
            ("Definitions changed", why.definitions),
        )
        if listed
    ]
    notes += [
        (name, f"{plural(len(listed), 'file')}: {', '.join(h[:16] for h in listed[:20])}")
        for name, listed in (
            ("Files added", why.files_added),
            ("Files no longer held", why.files_gone),
        )
        if listed
    ]
    says = () if notes else (
        (
            "Both were made from the same files, rulings and definitions: a newer program reads "
            "them differently."
        ),
    )  # fmt: skip
    return Part("What they were made from differently", says=says, notes=tuple(notes))


def _table(two: Two, found: list[Difference]) -> Linked:
    unit = Unit(is_millions=False)
    title = two.after.report.titles.service
    rows = [
        Row(
            d.agency_name,
            (
                words(title(d.service), _kind(d)),
                _money(unit, d.before_pence),
                _money(unit, d.after_pence),
                Cell(f"{'+' if d.pence > 0 else ''}{unit.said(d.pence)}", look="sum"),
                words(d.why),
            ),
        )
        for d in found[:MOST]
    ]
    more = len(found) - len(rows)
    caption = "Net and gross lines stand apart and are never added." + (
        f" {more:,} more differences are in the downloads." if more else ""
    )
    heads = [
        "Body",
        "<Purpose",
        f"Before, {unit.name}",
        f"After, {unit.name}",
        "Difference",
        "<Why",
    ]
    explains = [
        ["", _explain(two.before, d, d.before_pence), _explain(two.after, d, d.after_pence), "", ""]
        for d in found[:MOST]
    ]
    made = table("Table of differences", caption, heads, rows)
    return linked(made, explains=explains)


def _kind(d: Difference) -> str:
    return f"{d.income}, {d.economic}"


def _money(unit: Unit, pence: int | None) -> Cell:
    return Cell("no line", look="sum") if pence is None else money(unit, pence)


def _explain(reading: Reading, d: Difference, pence: int | None) -> str:
    if pence is None:
        return ""
    return reading.explain(rule=d.income, agency=d.agency, service=d.service, economic=d.economic)
