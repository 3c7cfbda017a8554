"""Published totals held against what they add up, and what is left between them.

Figures that were rounded one by one need not add up to a rounded total. `n` figures and a total,
each to the nearest unit, may be half a unit out each, so (n + 1) / 2 units is the most that
rounding explains. Beyond it the difference is said, and nobody's figure is changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from totalplace.sources.rules.returns.forms import Form, Over, Rest, Total, plain
from totalplace.sources.rules.returns.found import Body, Figure, Spot
from totalplace.sources.rules.returns.rows import Row, Summing


class Verdict(StrEnum):
    """Whether a published total is what it adds up."""

    AGREES = "agrees"
    ROUNDING = "rounding"  # it differs by no more than rounding explains
    DIFFERS = "differs"
    PARTS_MISSING = "parts missing"  # some of what it adds up is blank
    REST = "rest"  # what it holds beyond the lines that are listed is a line of its own
    NOT_CHECKED = "not checked"  # the file does not hold what it adds up


@dataclass(frozen=True, slots=True)
class Checked:
    """A published total, and the sum of what it adds up. Pence are None where there is none."""

    body: Body
    year: int
    part: str
    line: str
    item: str
    pence: int
    sum_pence: int | None
    parts: int
    parts_missing: int
    allowed_pence: int  # the most that rounding explains
    verdict: Verdict
    why: str
    spot: Spot

    @property
    def difference_pence(self) -> int | None:
        """The total less what it adds up."""
        return None if self.sum_pence is None else self.pence - self.sum_pence


def check(
    form: Form, rows: Sequence[Row], sums: Iterable[Summing]
) -> tuple[list[Checked], list[Row]]:
    """Each total checked, and the lines for what totals hold beyond the lines that are listed."""
    index = _Index(form, rows)
    checked: list[Checked] = []
    rests: list[Row] = []
    for summing in sums:
        figure = summing.figure
        parts = index.parts_of(figure)
        result = _checked(form, summing, parts)
        total = figure.control.total if figure.control else None
        wanted = total.rest if total and parts is not None else None
        if wanted and (rest := _rest(result, figure, wanted)):
            rests.append(rest)
            why = f"the difference is the line {rest.title}"
            result = replace(result, verdict=Verdict.REST, why=why)
        checked.append(result)
    return checked, rests


class _Index:
    """The lines of a file by what a total may add up."""

    def __init__(self, form: Form, rows: Sequence[Row]) -> None:
        self._form = form
        self._of_body: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        self._of_line: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        for row in rows:
            self._of_body[row.body.agency, row.body.area, row.year, row.part, row.item].append(row)
            self._of_line[row.year, row.part, row.key, row.item].append(row)

    def parts_of(self, figure: Figure) -> list[Row] | None:
        """What a figure adds up; None where the file does not hold it, or the form has not said."""
        control, item = figure.control, figure.meaning.item
        if control is None:
            return None
        if control.row is not None:
            return self._bodies(figure, control.row.bodies)
        part = control.same_as or figure.part
        body = figure.body
        rows = self._of_body[body.agency, body.area, figure.year, part, item]
        if control.total is None:
            return [row for row in rows if row.key == figure.line] or None
        return _over(control.total, rows)

    def _bodies(self, figure: Figure, beginnings: Sequence[str]) -> list[Row] | None:
        """The same figure of each body in a class."""
        begin = tuple(b.casefold() for b in beginnings)
        control, item = figure.control, figure.meaning.item
        if not begin or control is None:
            return None
        if control.total is None:
            rows = self._of_line[figure.year, figure.part, figure.line, item]
        else:  # the total of a class: all lines of all its bodies
            keys = {line.key for line in self._form.lines.values()}
            rows = [
                row for key in keys for row in self._of_line[figure.year, figure.part, key, item]
            ]
            if control.total.over is Over.NOTHING:
                return None
        return [r for r in rows if r.body.agency.casefold().startswith(begin)] or None


def _over(total: Total, rows: Sequence[Row]) -> list[Row] | None:
    match total.over:
        case Over.NOTHING:
            return None
        case Over.ALL:
            return list(rows)
        case Over.LINES:
            names = set(map(plain, total.names))
            return [row for row in rows if plain(row.key) in names]
        case Over.SERVICES:
            return [row for row in rows if row.service in total.names]


def _checked(form: Form, summing: Summing, parts: Sequence[Row] | None) -> Checked:
    figure = summing.figure
    known = [p.pence for p in parts or () if p.pence is not None]
    blank = len(parts or ()) - len(known)
    allowed = (len(known) + 1) * form.rounded_to_pence // 2 if form.rounded_to_pence > 100 else 0
    added = sum(known) if parts is not None and known else None
    verdict, why = _verdict(summing.pence, added, blank, allowed)
    return Checked(
        body=figure.body,
        year=figure.year,
        part=figure.part,
        line=figure.title,
        item=figure.meaning.item,
        pence=summing.pence,
        sum_pence=added,
        parts=len(parts or ()),
        parts_missing=blank,
        allowed_pence=allowed,
        verdict=verdict,
        why=why,
        spot=figure.spot,
    )


def _verdict(pence: int, added: int | None, blank: int, allowed: int) -> tuple[Verdict, str]:
    if added is None:
        why = "all that it adds up is blank" if blank else "the file does not hold what it adds up"
        return Verdict.PARTS_MISSING if blank else Verdict.NOT_CHECKED, why
    away = abs(pence - added)
    if away == 0:
        return Verdict.AGREES, ""
    if away <= allowed:
        return Verdict.ROUNDING, f"rounding explains up to £{allowed / 100:,.0f}"
    if blank:
        return Verdict.PARTS_MISSING, f"{blank:,} of what it adds up are blank"
    return Verdict.DIFFERS, "more than rounding explains"


def _rest(checked: Checked, figure: Figure, rest: Rest) -> Row | None:
    """What a total holds beyond its lines, as a line; None where that is nothing or less."""
    beyond = checked.difference_pence
    if beyond is None or beyond <= 0:
        return None
    about = checked.allowed_pence
    missing = f" It holds {checked.parts_missing} lines that are blank, too."
    note = f"{rest.note}{missing if checked.parts_missing else ''}".strip()
    meaning = figure.meaning
    notes = " ".join(n for n in (note, meaning.note) if n)
    return Row(
        body=figure.body,
        year=figure.year,
        part=figure.part,
        key=rest.title,
        title=rest.title,
        service=rest.service,
        item=meaning.item,
        income_rule=meaning.income_rule,
        economic=meaning.economic,
        basis=meaning.basis,
        status=meaning.status,
        pence=beyond,
        low_pence=max(0, beyond - about),
        high_pence=beyond + about,
        spot=figure.spot,
        note=notes,
    )
