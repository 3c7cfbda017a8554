"""Options of a case with their effects and with what they prevent, read from its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.addresses import is_public
from totalplace.commissioning.rules.case import ONE, Effect, Fund, Grade, Option, Prevents, Wanted
from totalplace.commissioning.rules.case_sheet import Row

GRADES: Final[Mapping[Grade, str]] = {
    grade: f"{grade.value} {grade.name.replace('_', ' ').lower()}" for grade in Grade
}
_GRADES: Final = {words: grade for grade, words in GRADES.items()} | {
    str(grade.value): grade for grade in Grade
}
MOST_EFFECT: Final = 10**12  # of anything, in a year, of one unit
MOST_YEARS: Final = 30  # Green Book (HM Treasury, 2026): rates beyond thirty years are others
MOST_PARTS: Final = 500  # options that are parts of one line of the count
_MOST_CIRCLES: Final = 20  # told; who mends them finds the others


@dataclass(frozen=True, slots=True)
class Line:
    """An option and the row that says it."""

    row: Row
    option: Option


def options_of(rows: Iterable[Row]) -> dict[str, Line]:
    """Options by code. A code that stands twice, or a service that stands twice, is a fault."""
    found: dict[str, Line] = {}
    at: dict[str, int] = {}  # codes that differ in capitals only are the same
    for row in rows:
        option = _option(row)
        if option is None:
            continue
        before = at.setdefault(option.code.casefold(), row.number)
        if before != row.number:
            why = f"is the code of row {before} too"
            row.fault("Code", why, "Give each option a code of its own")
            continue
        found[option.code] = Line(row, option)
    _each_line_once(found.values())
    return found


def _option(row: Row) -> Option | None:
    code, title = row.named("Code"), row.text("Title", needed=True)
    now = row.pence("Pounds now", needed=True)
    agency = row.label("Agency")
    if not row.raw("Agency"):
        row.fault("Agency", "Nothing is there", "Write the code of who spends it")
    option = Option(
        code=code,
        title=title,
        agency=agency,
        now_pence=now or 0,
        unit=row.text("Unit"),
        unit_pence=row.pence("Pounds a unit", least=1),
        fixed_pence=row.pence("Fixed pounds") or 0,
        area=row.label("Area"),
        group=row.label("Group"),
        least_pence=row.pence("At least pounds") or 0,
        capacity_units=row.whole("At most units"),
        most_more_units=row.whole("Most more units a year"),
        most_fewer_units=row.whole("Most fewer units a year"),
        saturates_units=row.whole("Units until returns slow", least=1),
        protected=row.yes("Protected"),
        may_close=row.yes("May close"),
        funds=row.codes("Funds"),
        covers=_covers(row),
    )
    if row.raw("Pounds a unit") and not row.raw("Unit"):
        row.fault("Unit", "does not say what one unit is", "Write it, such as place or visit")
    _check_bounds(row, option)
    return option if code else None


def _covers(row: Row) -> tuple[str, ...]:
    covers = row.codes("Lines of the count")
    for covered in covers:
        agency, slash, service = covered.partition("/")
        if not (slash and agency and service) or "*" in covered:
            why = f"names no one line of the count: '{covered[:80]}'"
            row.fault("Lines of the count", why, "Write each as agency/service")
    return covers


def _check_bounds(row: Row, option: Option) -> None:
    """Keep a fault where an option's floor is none, or is above the most that it can be."""
    if option.may_close and (option.least_pence or option.protected):
        head = "At least pounds" if option.least_pence else "Protected"
        why = f"is said beside '{head}', and a floor that may be shut is no floor"
        row.fault("May close", why, f"Leave one of the two blank: 'May close', or '{head}'")
    if option.unit_pence is None or option.capacity_units is None:
        return
    most = option.fixed_pence + option.capacity_units * option.unit_pence
    least = max(option.least_pence, option.now_pence if option.protected else 0)
    if least > most:
        why = "is above what all of its units cost, so that the least is above the most"
        head = "At least pounds" if option.least_pence > most else "At most units"
        row.fault(head, why, "Lower the least, or raise the most")


def _each_line_once(lines: Iterable[Line]) -> None:
    """Keep a fault for a line of the count that two options are, for it would be spent twice."""
    taken: dict[str, list[Line]] = {}
    for line in lines:
        for covered in line.option.covers:
            beside = taken.setdefault(covered.casefold(), [])
            if len(beside) >= MOST_PARTS:
                why = f"is '{covered}', as more than {MOST_PARTS} rows above are"
                line.row.fault("Lines of the count", why, "Put parts of that line together")
                continue
            twice = next((other for other in beside if _overlap(line, other)), None)
            if twice is not None:
                why = f"is counted twice: row {twice.row.number} is '{covered}' too"
                line.row.fault(
                    "Lines of the count", why,
                    "Leave it in one of them; parts of it have areas or groups of their own",
                )  # fmt: skip
            beside.append(line)


def _overlap(one: Line, other: Line) -> bool:
    """Whether two options can be of the same people; of two areas or two groups they cannot."""
    a, b = one.option, other.option
    parted = [(x, y) for x, y in ((a.area, b.area), (a.group, b.group)) if x and y and x != y]
    return a.code != b.code and not parted


def with_effects(
    rows: Iterable[Row], options: dict[str, Line], wanted: Mapping[tuple[str, str], Wanted]
) -> None:
    """Put each effect to its option. One without units, or of what nobody wants, is a fault."""
    found: dict[str, list[Effect]] = {}
    said: dict[tuple[str, str, str, int], int] = {}
    for row in rows:
        code = row.text("Option", needed=True)
        if code and code not in options:
            row.fault("Option", "is the code of no option", "Write one of the sheet Options")
        effect = _effect(row)
        _check_effect(row, effect, options.get(code), wanted)
        key = (code, effect.indicator, effect.area, effect.lag_years)
        if code and key in said:
            why = f"has the same effect in row {said[key]}, which would count it twice"
            row.fault("Option", why, "Leave one of them, or say another year in which it begins")
        said.setdefault(key, row.number)
        found.setdefault(code, []).append(effect)
    for code, effects in found.items():
        if code in options:
            line = options[code]
            options[code] = Line(line.row, replace(line.option, effects=tuple(effects)))


def _effect(row: Row) -> Effect:
    low, mid, high = (
        row.between(head, -MOST_EFFECT, MOST_EFFECT, needed=True)
        for head in ("Low", "Middle", "High")
    )
    if low is not None and mid is not None and low > mid:
        row.fault("Low", f"is above the middle, {mid}", "Write low, middle and high in that order")
    if mid is not None and high is not None and mid > high:
        row.fault("High", f"is below the middle, {mid}", "Write low, middle and high in that order")
    middle = mid or Decimal(0)
    kept = row.between("Share kept each year", 0, 1)
    lasts = row.whole("Years it lasts", least=1, most=MOST_YEARS)
    return Effect(
        indicator=row.text("Outcome", needed=True),
        area=row.text("Area", needed=True),
        counted_in=row.text("Counted in"),
        low=middle if low is None else low,
        mid=middle,
        high=middle if high is None else high,
        grade=row.one_of("Grade", _GRADES, blank=Grade.UNGRADED) or Grade.UNGRADED,
        source=row.text("Source"),
        address=_address(row),
        lag_years=row.whole("Years until it begins", most=MOST_YEARS) or 0,
        lasts_years=1 if lasts is None else lasts,
        kept=ONE if kept is None else kept,
        accepted=row.text("Accepted", longest=100),
    )


def _address(row: Row) -> str:
    said = row.text("Address")
    if said and not is_public(said):
        why = "is no address that a stranger can open"
        row.fault("Address", why, "Write that of a public page, https://..., or leave it blank")
        return ""
    return said


def _check_effect(
    row: Row, effect: Effect, line: Line | None, wanted: Mapping[tuple[str, str], Wanted]
) -> None:
    if not effect.counted_in:
        why = "does not say what the effect is counted in"
        row.fault("Counted in", why, "Write it as the sheet Wanted has it, such as children")
    if line is not None and not line.option.unit and not line.row.raw("Pounds a unit"):
        why = "says no unit in the sheet Options, and an effect is that of one unit"
        row.fault("Option", why, f"Write its unit in row {line.row.number} of Options")
    if not (effect.indicator and effect.area):
        return
    its = wanted.get((effect.indicator, effect.area))
    if its is None:
        why = f"in '{effect.area}' is no outcome of the sheet Wanted"
        row.fault("Outcome", why, "Write it there too, with a weight of 0 if it is not to count")
    elif (
        effect.counted_in
        and its.counted_in
        and effect.counted_in.casefold() != its.counted_in.casefold()
    ):
        why = f"is not what the outcome is counted in, which is {its.counted_in}"
        row.fault("Counted in", why, f"Say the effect in {its.counted_in}")


def with_prevented(rows: Iterable[Row], options: dict[str, Line]) -> None:
    """Put to each option what it prevents. A chain that comes back to its beginning is a fault."""
    found: dict[str, list[Prevents]] = {}
    said: dict[tuple[str, str], Row] = {}
    for row in rows:
        code, other = row.text("Option", needed=True), row.text("Prevents", needed=True)
        for head, one in (("Option", code), ("Prevents", other)):
            if one and one not in options:
                row.fault(head, "is the code of no option", "Write one of the sheet Options")
        units = row.between("Units", 0, MOST_EFFECT, needed=True)
        if units == 0:
            row.fault("Units", "prevents nothing", "Write how many units, or take the row out")
        lag = row.whole("Years later", most=MOST_YEARS)
        if code in options and options[code].option.unit_pence is None:
            why = "has no cost of a unit, so that nobody can tell how much of it prevents"
            row.fault("Option", why, "Write its pounds a unit in the sheet Options")
        if code and other and (code, other) in said:
            why = f"prevents '{other}' in row {said[code, other].number} too"
            row.fault("Option", why, "Say it once")
            continue
        if code in options and other in options:
            said[code, other] = row
            found.setdefault(code, []).append(
                Prevents(other, units or ONE, 1 if lag is None else lag)
            )
    _no_circles(said)
    for code, prevents in found.items():
        line = options[code]
        options[code] = Line(line.row, replace(line.option, prevents=tuple(prevents)))


def _no_circles(said: Mapping[tuple[str, str], Row]) -> None:
    """Keep a fault for each row that closes a circle of options that prevent one another."""
    after: dict[str, list[str]] = {}
    for one, other in said:
        after.setdefault(one, []).append(other)
    done: set[str] = set()
    circles = 0
    for first in after:
        path: list[str] = []
        on_path: set[str] = set()
        ahead: list[tuple[str, int]] = [(first, 0)]
        while ahead:
            code, turn = ahead.pop()
            if turn == 0:
                if code in done:
                    continue
                path.append(code)
                on_path.add(code)
            its = after.get(code, [])
            if turn < len(its):
                ahead.append((code, turn + 1))
                if its[turn] in on_path:
                    circles += 1
                    if circles > _MOST_CIRCLES:
                        return
                    circle = [*path[path.index(its[turn]) :], its[turn]]
                    _circle(said[code, its[turn]], circle)
                else:
                    ahead.append((its[turn], 0))
            else:
                done.add(code)
                on_path.discard(code)
                path.pop()


def _circle(row: Row, circle: list[str]) -> None:
    named = circle if len(circle) <= 8 else [*circle[:4], "...", *circle[-3:]]
    row.fault(
        "Prevents",
        f"closes a circle: {' prevents '.join(named)}",
        "Take out one row of the circle; what a service prevents cannot come back to it",
    )


def funds_exist(options: Iterable[Line], funds: Mapping[str, Fund]) -> None:
    """Keep a fault for a fund that an option names and nobody has, and for one that none pays."""
    open_to_all = [fund for fund in funds.values() if not fund.only]
    for line in options:
        for code in line.option.funds:
            if code not in funds:
                line.row.fault("Funds", f"names '{code[:80]}', which is the code of no fund",
                               "Write codes of the sheet Funds, with commas between")  # fmt: skip
        if not line.option.funds and funds and not open_to_all:
            why = "names no fund, and every fund pays only for what names it"
            line.row.fault("Funds", why, "Write which funds may pay for it")
