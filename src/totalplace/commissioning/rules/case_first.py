"""The first sheets of a case, from what the records of a place know: nothing in them is made up.

What is not known is left blank, so that the workbook is not taken until an officer has said it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.case import Kind
from totalplace.commissioning.rules.case_blank import blank
from totalplace.commissioning.rules.case_sheet import FUNDS, HEADS, OPTIONS, RULES, WANTED
from totalplace.commissioning.rules.case_tables import in_pounds, plain
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear

REST: Final = "rest"
_LONGEST_CODE: Final = 100


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of the count: an agency's spending on a service. None is missing, never nought."""

    agency: str
    service: str
    title: str
    pence: int | None

    @property
    def covers(self) -> str:
        """As an option says that it is this line."""
        return f"{self.agency}/{self.service}"


@dataclass(frozen=True, slots=True)
class Aspired:
    """An adopted target: how far there is to go, in the unit in which it was set."""

    indicator: str
    area: str
    title: str
    unit: str
    gap: Decimal | None
    people: int | None = None  # of whom it is a share, where the reading says how many
    scale: int = 100  # what a share is multiplied by


@dataclass(frozen=True, slots=True)
class Granted:
    """A line of the grant: pence by year (None: not stated), and what it may be spent on.

    `covers` are lines of the count, with * for any; `fenced`: on nothing else. `least` is a minimum
    that a condition asks for.
    """

    code: str
    title: str
    pence: Mapping[int, int | None]
    source: str
    covers: tuple[str, ...] = ()
    fenced: bool = False
    least: int | None = None
    asked: str = ""  # in the words of the condition


@dataclass(frozen=True, slots=True)
class Guaranteed:
    """The least of a national guarantee in a place; an amount of None is not known."""

    code: str
    title: str
    what: str
    unit: str
    amount: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the records know of a place, gathered for a case."""

    place: str
    first_year: int
    years: int
    counted: tuple[Counted, ...] = ()
    aspired: tuple[Aspired, ...] = ()
    granted: tuple[Granted, ...] = ()
    guaranteed: tuple[Guaranteed, ...] = ()
    weights_by: str = ""


@dataclass(slots=True)
class First:
    """The sheets with what is known in them, and what an officer should know of them."""

    tables: dict[str, list[list[str]]]
    notes: list[str] = field(default_factory=list)


def first_tables(drawn: Drawn) -> First:
    """The sheets of a case with all that the records know of its place."""
    first = First(blank(drawn.place, drawn.first_year, drawn.years))
    kept = _options(drawn, first)
    _wanted(drawn.aspired, first)
    _funds(drawn, kept, first)
    _rules(drawn, kept, first)
    return first


def _row(sheet: str, years: Sequence[str] = (), **said: str) -> list[str]:
    """A row of a sheet by its headings, which are given with _ for each blank."""
    named = {head.replace(" ", "_"): "" for head in (*HEADS[sheet], *years)}
    if not said.keys() <= named.keys():
        raise KeyError(f"{sheet} has no {sorted(said.keys() - named.keys())}")
    return list({**named, **said}.values())


def _options(drawn: Drawn, first: First) -> dict[str, Counted]:
    """A row for each line of the count that can be one; the others are told."""
    kept: dict[str, Counted] = {}
    below = [one for one in drawn.counted if one.pence is not None and one.pence < 0]
    missing = [one for one in drawn.counted if one.pence is None]
    for one in drawn.counted:
        if one.pence is None or one.pence < 0:
            continue
        code = _code(one.covers, kept)
        kept[code] = one
        fenced = [x.code for x in drawn.granted if x.fenced and _fits(x.covers, one)]
        others = [x.code for x in drawn.granted if not x.fenced]
        funds = [*fenced, *others, REST] if fenced else []
        first.tables[OPTIONS].append(
            _row(
                OPTIONS, Code=code, Title=one.title, Agency=one.agency,
                Pounds_now=in_pounds(one.pence), Funds=", ".join(funds),
                Lines_of_the_count=one.covers,
            )
        )  # fmt: skip
    if below:
        net = sum(one.pence or 0 for one in below)
        first.notes.append(
            f"{len(below)} lines of the count bring in more than they cost ({pounds(net)} in all). "
            "They are no options; their income is not money of the plan"
        )
    if missing:
        first.notes.append(f"{len(missing)} lines of the count have no sum, and are left out")
    if kept:
        first.notes.append(
            f"{len(kept)} lines of the count are options. None of their money moves until they "
            "have a unit, its cost, and an effect"
        )
    return kept


def _code(covers: str, taken: Mapping[str, Counted]) -> str:
    said = re.sub(r"[^A-Za-z0-9._-]+", "-", covers).strip("-._")[: _LONGEST_CODE - 4].rstrip("-._")
    code, number = said or "line", 1
    while code in taken:
        number += 1
        code = f"{said or 'line'}-{number}"
    return code


def _fits(covers: Iterable[str], one: Counted) -> bool:
    for covered in covers:
        agency, _, service = covered.partition("/")
        if agency in ("*", one.agency) and service in ("*", one.service):
            return True
    return False


def _wanted(aspired: Sequence[Aspired], first: First) -> None:
    for one in aspired:
        gap, counted = one.gap, one.unit
        if gap is not None and one.people is not None and one.scale:
            # A share of so many people is brought to people: effects are counted in them.
            gap = (gap * one.people / one.scale).quantize(Decimal(1))
            counted = "people"
        elif "%" in counted or counted.startswith("per "):
            first.notes.append(
                f"The gap of '{one.title}' is in {counted}. Effects are counted in people and "
                "things: say how many the gap is"
            )
        if gap is not None and gap <= 0:
            first.notes.append(f"'{one.title}' is at its target already, and is left out")
            continue
        first.tables[WANTED].append(
            _row(
                WANTED, Outcome=one.indicator, Area=one.area, Title=one.title, Counted_in=counted,
                Gap="" if gap is None else plain(gap),
            )
        )  # fmt: skip
    if aspired:
        first.notes.append(
            f"{len(first.tables[WANTED]) - 1} outcomes are those of the adopted targets. Their "
            "weights have to be written in, as a decision set them"
        )


def _funds(drawn: Drawn, kept: Mapping[str, Counted], first: First) -> None:
    years = [drawn.first_year + n for n in range(drawn.years)]
    labels = [FinancialYear(year).label for year in years]
    now = sum(one.pence or 0 for one in kept.values())
    for one in drawn.granted:
        sums = {
            label: in_pounds(one.pence.get(year)) for year, label in zip(years, labels, strict=True)
        }
        first.tables[FUNDS].append(
            _row(
                FUNDS, labels, Code=one.code, Title=one.title, Source=one.source,
                Only_what_names_it="yes" if one.fenced else "", **sums,
            )
        )  # fmt: skip
    if not kept:
        return
    rest: dict[str, str] = {}
    for year, label in zip(years, labels, strict=True):
        sums_of = [one.pence.get(year) for one in drawn.granted]
        known = [pence for pence in sums_of if pence is not None]
        left = max(0, now - sum(known)) if len(known) == len(sums_of) else None
        rest[label] = in_pounds(left)  # a sum that is not stated leaves the rest unknown too
    first.tables[FUNDS].append(
        _row(FUNDS, labels, Code=REST, Title="all other money that is spent today", **rest)
    )
    first.notes.append(
        f"The fund '{REST}' makes up what is spent today, {pounds(now)} a year. Put what there "
        "will be in its stead"
    )


def _rules(drawn: Drawn, kept: Mapping[str, Counted], first: First) -> None:
    for one in drawn.granted:
        codes = [code for code, line in kept.items() if _fits(one.covers, line)]
        if one.least is not None:
            first.tables[RULES].append(
                _row(
                    RULES, Code=f"least-{one.code}"[:_LONGEST_CODE],
                    Title=one.asked or f"at least so much for {one.title}",
                    Kind=Kind.CONDITION.value, Options=", ".join(codes), Counted_in="pounds",
                    At_least=in_pounds(one.least), Source=one.source,
                )
            )  # fmt: skip
    for floor in drawn.guaranteed:
        if floor.amount is None:
            first.notes.append(f"The least of '{floor.title}' here is not known: nobody said it")
            continue
        money = floor.unit == "pence"
        first.tables[RULES].append(
            _row(
                RULES, Code=f"guarantee-{floor.code}"[:_LONGEST_CODE],
                Title=f"{floor.title}: {floor.what}", Kind=Kind.ENTITLEMENT.value,
                Counted_in="pounds" if money else "units",
                At_least=in_pounds(floor.amount) if money else str(floor.amount),
                Source=floor.source,
            )
        )  # fmt: skip
        first.notes.append(f"Say in the sheet Rules which options keep '{floor.title}'")
