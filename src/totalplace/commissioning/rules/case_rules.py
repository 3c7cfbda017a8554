"""Rules of a case, read from their sheet: which options each is of, and at least or at most what.

Options are named by their codes with commas between, by `all`, or by what they are: `agency=`,
`area=`, `group=`, `fund=`, joined by `and`. A row with the code of the rule above and options alone
goes on with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.case import In, Kind, Option, Rule, Wanted
from totalplace.commissioning.rules.case_money import Course
from totalplace.commissioning.rules.case_options import MOST_EFFECT, Line
from totalplace.commissioning.rules.case_sheet import ALL, LONGEST_LIST, Row, year_of
from totalplace.money.years import FinancialYear

COUNTED: Final[Mapping[str, In]] = {"pounds": In.PENCE, "units": In.UNITS, "effect": In.EFFECT}
_KINDS: Final = {kind.value.casefold(): kind for kind in Kind}
MOST_NAMED: Final = 2_000_000  # options that all rules together name
_ASKED: Final = ("agency", "area", "group", "fund")
_AND: Final = " and "
_PART: Final = ("Title", "Kind", "Counted in", "At least", "At most", "Year", "Outcome", "Source")


@dataclass(slots=True)
class Index:
    """Options by what rules ask for, each with the places where they stand in the case."""

    options: tuple[Option, ...]
    places: dict[str, int] = field(default_factory=dict)
    by: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, options: Iterable[Option]) -> Index:
        """An index of the options of a case, in their order."""
        its = tuple(options)
        gathered: dict[tuple[str, str], set[int]] = {}
        for place, option in enumerate(its):
            said = [("agency", option.agency), ("area", option.area), ("group", option.group)]
            for key in [*said, *(("fund", code) for code in option.funds)]:
                gathered.setdefault(key, set()).add(place)
        kept = {key: frozenset(places) for key, places in gathered.items()}
        return cls(its, {option.code: place for place, option in enumerate(its)}, kept)

    def named(self, said: str) -> list[int]:
        """The places of the options that an expression names, in the order of the case.

        Codes come in the order in which they are written. Raises ValueError, with why, for what
        names nothing.
        """
        parts = [part.strip() for part in said.split(",") if part.strip()]
        found: dict[int, None] = {}
        for part in parts:
            for place in self._part(part):
                if place in found:
                    raise ValueError(f"names '{self.options[place].code}' twice")
                found[place] = None
        return list(found)

    def _part(self, part: str) -> list[int]:
        if part in self.places:
            return [self.places[part]]
        if part.casefold() == ALL:
            return list(range(len(self.options)))
        if "=" not in part:
            raise ValueError(f"names '{part[:80]}', which is the code of no option")
        within: frozenset[int] | None = None
        for asked in part.split(_AND):
            head, _, value = (word.strip() for word in asked.partition("="))
            if head.casefold() not in _ASKED:
                raise ValueError(f"asks for '{head[:80]}', and can ask for {', '.join(_ASKED)}")
            its = self.by.get((head.casefold(), value), frozenset())
            within = its if within is None else within & its
        if not within:
            raise ValueError(f"names no option at all: '{part[:80]}'")
        return sorted(within)

    def said(self, codes: tuple[str, ...]) -> str:
        """The shortest expression that names exactly these options in this order."""
        places = [self.places[code] for code in codes]
        if places and places == list(range(len(self.options))):
            return ALL
        if len(places) > 1:
            first = self.options[places[0]]
            said = {"agency": first.agency, "area": first.area, "group": first.group}
            for head, value in said.items():
                if value and sorted(self.by[head, value]) == places:
                    return f"{head}={value}"
        return ", ".join(codes)


def rules_of(
    rows: Iterable[Row],
    lines: Mapping[str, Line],
    wanted: Mapping[tuple[str, str], Wanted],
    course: Course,
) -> tuple[Rule, ...]:
    """The rules of a case. One that names no option, or asks what no plan can do, is a fault."""
    index = Index.of(line.option for line in lines.values())
    found: dict[str, tuple[Row, Rule]] = {}
    at: dict[str, int] = {}
    last, named = "", 0
    for row in rows:
        code = row.code("Code")
        chosen = _chosen(row, index)
        named += len(chosen)
        if named > MOST_NAMED:
            why = f"takes what all rules name above {MOST_NAMED:,} options"
            row.fault("Options", why, "Say fewer rules, or put options together")
            break
        if code and code == last and code in found and not any(row.raw(head) for head in _PART):
            first, rule = found[code]
            found[code] = first, _more(row, rule, chosen)
            continue
        last = code
        before = at.setdefault(code.casefold(), row.number)
        if before != row.number:
            why = f"is the code of row {before} too"
            row.fault("Code", why, "Give each rule a code of its own")
            continue
        found[code] = row, _rule(row, code, chosen, course)
    options = {line.option.code: line.option for line in lines.values()}
    for row, rule in found.values():
        _check(row, rule, options, wanted)
    return tuple(rule for _, rule in found.values())


def _chosen(row: Row, index: Index) -> tuple[str, ...]:
    said = row.text("Options", needed=True, longest=LONGEST_LIST)
    try:
        return tuple(index.options[place].code for place in index.named(said))
    except ValueError as error:
        row.fault("Options", str(error), "Write codes of the sheet Options, 'all', or agency=..., "
                  "area=..., group=... joined by 'and'")  # fmt: skip
        return ()


def _more(row: Row, rule: Rule, chosen: tuple[str, ...]) -> Rule:
    within = set(rule.options)
    again = next((code for code in chosen if code in within), None)
    if again is not None:
        row.fault("Options", f"names '{again}' twice", "Name it once")
        return rule
    return replace(rule, options=(*rule.options, *chosen))


def _rule(row: Row, code: str, chosen: tuple[str, ...], course: Course) -> Rule:
    kind = row.one_of("Kind", _KINDS, blank=None)
    counted = row.one_of("Counted in", COUNTED, blank=In.PENCE) or In.PENCE
    bounds = [_amount(row, head, counted) for head in ("At least", "At most")]
    indicator, area = row.text("Outcome"), row.text("Outcome's area")
    return Rule(
        code=code,
        title=row.text("Title", needed=True),
        kind=kind or Kind.CONDITION,
        options=chosen,
        counted=counted,
        least=bounds[0],
        most=bounds[1],
        year=_year(row, course),
        outcome=(indicator, area) if indicator or area else None,
        source=row.text("Source"),
    )


def _amount(row: Row, head: str, counted: In) -> Decimal | None:
    if counted is In.PENCE:
        pence = row.pence(head)
        return None if pence is None else Decimal(pence)
    return row.between(head, 0, MOST_EFFECT)


def _year(row: Row, course: Course) -> int | None:
    said = row.text("Year")
    if not said or course.first_year is None or course.years is None:
        return None
    year = year_of(said)
    if year is None or not 0 <= year - course.first_year < course.years:
        first = FinancialYear(course.first_year).label
        why = f"is no year of the plan, which has {course.years} from {first}"
        row.fault("Year", why, "Write one of its years, or leave it blank for each of them")
        return None
    return year - course.first_year


def _check(
    row: Row,
    rule: Rule,
    options: Mapping[str, Option],
    wanted: Mapping[tuple[str, str], Wanted],
) -> None:
    if not (row.raw("At least") or row.raw("At most")):
        row.fault("At least", "Nothing is there, nor in 'At most'", "Write one of the two")
    if rule.least is not None and rule.most is not None and rule.least > rule.most:
        row.fault("At least", "is above 'At most'", "Write the smaller sum here")
    if rule.counted is In.UNITS:
        _check_units(row, [options[code] for code in rule.options])
    elif rule.counted is In.EFFECT:
        _check_effect(row, rule, wanted)
    elif rule.outcome is not None:
        why = "names an outcome, and the rule is not counted in effect"
        row.fault("Outcome", why, "Take it out, or write 'effect' under 'Counted in'")


def _check_units(row: Row, options: Iterable[Option]) -> None:
    units: dict[str, str] = {}
    for option in options:
        if option.unit_pence is None:
            why = f"counts units of '{option.code}', which has no cost of a unit"
            row.fault("Options", why, "Write its pounds a unit in the sheet Options")
            return
        units.setdefault(option.unit.casefold(), option.code)
    if len(units) > 1:
        kinds = ", ".join(f"{unit} ({code})" for unit, code in list(units.items())[:4])
        why = f"adds up units of more than one kind: {kinds}"
        row.fault("Options", why, "Count options of one unit, or count pounds")


def _check_effect(row: Row, rule: Rule, wanted: Mapping[tuple[str, str], Wanted]) -> None:
    if row.raw("At most"):
        why = "says at most, and an effect is only ever asked for at least"
        row.fault("At most", why, "Leave it blank")
    its = wanted.get(rule.outcome) if rule.outcome is not None else None
    if its is None:
        why = "in that area is no outcome of the sheet Wanted"
        row.fault("Outcome", why, "Write an outcome and its area as they stand there")
    elif its.weight == 0:
        why = "has a weight of 0, so that the plan does not look at it"
        row.fault("Outcome", why, "Give it a weight in the sheet Wanted, or take the rule out")
