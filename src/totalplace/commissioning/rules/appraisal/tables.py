"""An appraisal as tables, and back: every fault is found in one pass, and names its row and head.

What goes out comes in again the same. Blank is never nought: a number that nothing is said of is a
fault, and a number without a source is taken, and counted as a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeVar

from totalplace.commissioning.rules.appraisal.headings import (
    ABOUT,
    COSTS,
    GAINS,
    HEADS,
    MOST_ROWS,
    NUMBERS,
    OUTCOMES,
    PRICES,
    YEAR,
    Fault,
    Row,
    Tables,
)
from totalplace.commissioning.rules.appraisal.taking import Taking
from totalplace.commissioning.rules.appraisal.terms import (
    MOST_YEARS,
    NOUGHT,
    ONE,
    Appraisal,
    Cost,
    Gain,
    Gives,
    Number,
    Outcome,
    Pays,
    Prices,
    Shape,
    What,
)
from totalplace.money.years import FinancialYear

Coded = TypeVar("Coded", Cost, Outcome, Gain)
WORST_GRADE: Final = 6
_THREE: Final = ("Low", "Middle", "High")
_CASHABLE: Final = ("Cashable low", "Cashable middle", "Cashable high")


@dataclass(slots=True)
class _Read:
    """What was read so far."""

    faults: list[Fault] = field(default_factory=list)
    costs: list[Cost] = field(default_factory=list)
    numbers: dict[str, dict[What, Number]] = field(default_factory=dict)
    gains: dict[str, list[Gain]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    prices: list[Prices] = field(default_factory=list)
    codes: dict[tuple[str, str], int] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)

    def party(self, taking: Taking, head: str) -> str:
        """A party's name. One that differs from another by its letters' size only is a fault."""
        who = taking.text(head)
        before = self.parties.setdefault(" ".join(who.casefold().split()), who)
        if before != who:
            taking.fault(head, f"is written '{before}' elsewhere", "Write a party always the same")
        return who

    def twice(self, kind: str, taking: Taking, head: str, code: str) -> None:
        """Say that a code stands twice in its table."""
        before = self.codes.setdefault((kind, code.casefold()), taking.row.at)
        if before != taking.row.at:
            taking.fault(head, f"is the code of row {before} too", "Give it another code")


def appraisal_of(tables: Tables) -> tuple[Appraisal | None, tuple[Fault, ...]]:
    """The appraisal that tables say, or None, with every fault in them."""
    read = _Read()
    about = Taking(ABOUT, next(iter(tables.get(ABOUT, ())), Row(1, {})), read.faults)
    first, base = about.year("First year"), about.year("Prices of")
    years = about.whole("Years", 1, MOST_YEARS)
    title, option, otherwise = (
        about.text("Title"), about.code("Option"), about.text("Otherwise"),
    )  # fmt: skip
    for taking in _rows(tables, PRICES, read):
        _take_price(taking, read)
    for taking in _rows(tables, COSTS, read):
        _take_cost(taking, read, years or MOST_YEARS)
    for taking in _rows(tables, NUMBERS, read):
        _take_number(taking, read)
    for taking in _rows(tables, GAINS, read):
        _take_gain(taking, read)
    for taking in _rows(tables, OUTCOMES, read):
        _take_outcome(taking, read)
    _check_outcomes(tables, read)
    _check_prices(tables, read, base)
    if not read.faults and not read.costs and not read.outcomes:
        about.fault("Title", "has neither a cost nor a gain", "Write what it costs and brings")
    payers = tuple(one.strip() for one in about.text("May not pay", needed=False).split(";"))
    notes = about.text("Notes", needed=False)
    if read.faults or first is None or base is None or years is None:
        return None, _in_order(read.faults)
    found = Appraisal(
        title, option, otherwise, first, years, base, tuple(read.costs), tuple(read.outcomes),
        tuple(read.prices), tuple(filter(None, payers)), notes,
    )  # fmt: skip
    for who in found.may_not_pay:
        if who not in found.parties:
            about.fault("May not pay", f"names '{who}', who neither pays nor gains here",
                        "Write the party as the other tables do")  # fmt: skip
    return (None if read.faults else found), _in_order(read.faults)


def _in_order(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    order = list(HEADS)
    places = {head: n for table in HEADS for n, head in enumerate(HEADS[table])}
    return tuple(
        sorted(faults, key=lambda f: (order.index(f.table), f.at, places.get(f.head, MOST_ROWS)))
    )


def _rows(tables: Tables, table: str, read: _Read) -> Iterable[Taking]:
    rows = tables.get(table, ())
    if len(rows) > MOST_ROWS:
        head = HEADS[table][0]
        read.faults.append(
            Fault(table, rows[MOST_ROWS].at, head, "", "There are too many rows",
                  f"Give at most {MOST_ROWS}")
        )  # fmt: skip
    return [Taking(table, row, read.faults) for row in rows[:MOST_ROWS]]


def _take_price(taking: Taking, read: _Read) -> None:
    year, index = taking.year("Year"), taking.decimal("Index")
    source = taking.text("Source", needed=False)
    if index is not None and index <= NOUGHT:
        taking.fault("Index", "cannot be", "Write the index of prices, above nought")
    elif year is not None and index is not None:
        if any(one.year == year for one in read.prices):
            taking.fault("Year", "stands twice", "Keep one of the two")
        read.prices.append(Prices(year, index, source))


def _take_cost(taking: Taking, read: _Read, years: int) -> None:
    code, title, who = taking.code("Code"), taking.text("What"), read.party(taking, "Who pays")
    pays, grade = taking.word("Met with", Pays), taking.whole("Grade", 1, WORST_GRADE)
    base = taking.year("Prices of")
    low, high = (taking.decimal(head, needed=False) for head in ("Times low", "Times high"))
    low, high = (ONE if one is None else one for one in (low, high))
    if not NOUGHT <= low <= ONE <= high:
        taking.fault("Times low", "cannot be", "Write at most 1 as low and at least 1 as high")
    source, address = (taking.text(head, needed=False) for head in ("Source", "Address"))
    pence = _years(taking, years)
    read.twice("cost", taking, "Code", code)
    if pays is not None and grade is not None and base is not None:
        read.costs.append(
            Cost(code, title, who, pays, pence, grade, base, low, high, source, address)
        )


def _years(taking: Taking, years: int) -> tuple[int, ...]:
    """What is paid in each year, without the years at the end in which nothing is."""
    found = [taking.pence(YEAR.format(n)) for n in range(1, years + 1)]
    for head, said in taking.row.said.items():
        if head.startswith("Year ") and said.strip() and not _within(head, years):
            taking.fault(head, "lies after the last year", f"Write years 1 to {years}")
    if all(one is None for one in found):
        taking.fault(YEAR.format(1), "Nothing is there", "Write what is paid in each year")
    while found and not found[-1]:
        found.pop()
    return tuple(one or 0 for one in found)


def _within(head: str, years: int) -> bool:
    number = head.removeprefix("Year ")
    return number.isdecimal() and 1 <= int(number) <= years


def _take_number(taking: Taking, read: _Read) -> None:
    outcome, what = taking.code("Outcome"), taking.word("Number", What)
    if what is None:
        return
    number = taking.number(_THREE, share=what is not What.ELIGIBLE)
    if what is What.ELIGIBLE and number is not None and number.low < NOUGHT:
        taking.fault("Low", "is below nought", "Write how many could be reached")
    mine = read.numbers.setdefault(outcome.casefold(), {})
    if what in mine:
        taking.fault("Number", "stands twice for this outcome", "Keep one of the two")
    if number is not None:
        mine[what] = number


def _take_gain(taking: Taking, read: _Read) -> None:
    outcome, code = taking.code("Outcome"), taking.code("Code")
    title, who = taking.text("Gain"), read.party(taking, "Who gains")
    gives, base = taking.word("Kind", Gives), taking.year("Prices of")
    pounds, health = taking.number(_THREE, share=False), taking.yes("Health")
    cashable: Number | None = Number.known(0)
    if gives is Gives.FISCAL:
        cashable = taking.number(_CASHABLE, share=True, source="Cashable source")
        if health:
            taking.fault("Health", "cannot be for money", "Only health itself has the lower rates")
    elif any(taking.row.said.get(head, "").strip() for head in _CASHABLE):
        taking.fault("Cashable middle", "cannot be", "Only a fiscal gain can be cashed: clear it")
    read.twice("gain", taking, "Code", code)
    if gives is None or base is None or pounds is None or cashable is None:
        return
    gain = Gain(code, title, who, gives, pounds, cashable, base, health)
    read.gains.setdefault(outcome.casefold(), []).append(gain)


def _take_outcome(taking: Taking, read: _Read) -> None:
    code, title = taking.code("Code"), taking.text("Outcome")
    counted, grade = taking.text("Counted in"), taking.whole("Grade", 1, WORST_GRADE)
    intakes = taking.whole("Intakes", 1, MOST_YEARS)
    lag, lasts = taking.whole("Begins after", 0, MOST_YEARS), taking.whole("Lasts", 1, MOST_YEARS)
    evidence = taking.text("Evidence", needed=False)
    read.twice("outcome", taking, "Code", code)
    numbers = read.numbers.get(code.casefold(), {})
    for what in What:
        if what not in numbers:
            taking.fault("Code", f"has no usable row for its {what.value}",
                         f"Write one in '{NUMBERS}', with nought where it is nought")  # fmt: skip
    gains = read.gains.get(code.casefold(), [])
    if not gains:
        taking.fault("Code", "has no usable gain", f"Write who gains by it in '{GAINS}'")
    if grade is None or intakes is None or lag is None or lasts is None:
        return
    ordered = {what: numbers[what] for what in What if what in numbers}
    read.outcomes.append(
        Outcome(code, title, counted, grade, ordered, tuple(gains), intakes, lag, lasts, evidence)
    )


def _check_outcomes(tables: Tables, read: _Read) -> None:
    """Numbers and gains of an outcome that is not there."""
    known = {row.said.get("Code", "").strip().casefold() for row in tables.get(OUTCOMES, ())}
    for table in (NUMBERS, GAINS):
        for row in tables.get(table, ())[:MOST_ROWS]:
            said = row.said.get("Outcome", "").strip()
            if said and said.casefold() not in known:
                taking = Taking(table, row, read.faults)
                taking.fault("Outcome", "is no outcome", f"Write its code as in '{OUTCOMES}'")


def _check_prices(tables: Tables, read: _Read, base: int | None) -> None:
    """Prices of a year for which no index is given."""
    if base is None:
        return
    known = {one.year for one in read.prices}
    for table in (COSTS, GAINS):
        for row in tables.get(table, ())[:MOST_ROWS]:
            taking = Taking(table, row, [])
            year = taking.year("Prices of")
            if year in (None, base) or {year, base} <= known:
                continue
            taking.faults = read.faults
            taking.fault(
                "Prices of", "has no index of prices beside that of the base",
                f"Write both years in '{PRICES}', or give the sum at the base",
            )  # fmt: skip


def tables_of(appraisal: Appraisal) -> dict[str, list[dict[str, str]]]:
    """An appraisal as the rows of its tables, each cell as text; blank cells are left out."""
    found: dict[str, list[dict[str, str]]] = {
        ABOUT: [
            {"Title": appraisal.title, "Option": appraisal.option,
             "Otherwise": appraisal.otherwise, "First year": _year(appraisal.first_year),
             "Years": str(appraisal.years), "Prices of": _year(appraisal.price_year),
             "May not pay": "; ".join(appraisal.may_not_pay), "Notes": appraisal.notes}
        ],
        COSTS: [_cost(cost) for cost in appraisal.costs],
        OUTCOMES: [_outcome(one) for one in appraisal.outcomes],
        NUMBERS: [
            {"Outcome": one.code, "Number": what.value, **_number(number)}
            for one in appraisal.outcomes
            for what, number in one.numbers.items()
        ],
        GAINS: [
            {"Outcome": one.code, **_gain(gain)}
            for one in appraisal.outcomes
            for gain in one.gains
        ],
        PRICES: [
            {"Year": _year(one.year), "Index": plain(one.index), "Source": one.source}
            for one in appraisal.prices
        ],
    }  # fmt: skip
    return {
        table: [{head: cell for head, cell in row.items() if cell} for row in rows]
        for table, rows in found.items()
    }


def plain(value: Decimal) -> str:
    """A number as it is always written: no exponent, no noughts at the end."""
    said = format(value, "f")
    return said.rstrip("0").rstrip(".") if "." in said else said


def _year(start: int) -> str:
    return FinancialYear(start).label


def _pounds(pence: int) -> str:
    return plain(Decimal(pence) / 100)


def _cost(cost: Cost) -> dict[str, str]:
    said = {
        "Code": cost.code, "What": cost.title, "Who pays": cost.who, "Met with": cost.pays.value,
        "Grade": str(cost.grade), "Prices of": _year(cost.price_year),
        "Times low": plain(cost.low), "Times high": plain(cost.high),
        "Source": cost.source, "Address": cost.address,
    }  # fmt: skip
    sums = cost.pence or (0,)
    return said | {YEAR.format(n): _pounds(one) for n, one in enumerate(sums, start=1)}


def _outcome(one: Outcome) -> dict[str, str]:
    return {
        "Code": one.code, "Outcome": one.title, "Counted in": one.counted_in,
        "Grade": str(one.grade), "Intakes": str(one.intakes), "Begins after": str(one.lag_years),
        "Lasts": str(one.lasts_years), "Evidence": one.evidence,
    }  # fmt: skip


def _number(number: Number) -> dict[str, str]:
    return {
        **_three(number, _THREE), "Source": number.source, "Address": number.address,
    }  # fmt: skip


def _three(number: Number, heads: Sequence[str]) -> dict[str, str]:
    if number.certain:
        return {heads[1]: plain(number.mid)}
    three = (number.low, number.mid, number.high)
    said = {head: plain(one) for head, one in zip(heads, three, strict=True)}
    return said | {"Shape": number.shape.value}


def _gain(gain: Gain) -> Mapping[str, str]:
    said = {
        "Code": gain.code, "Gain": gain.title, "Who gains": gain.who, "Kind": gain.gives.value,
        "Prices of": _year(gain.price_year), **_number(gain.pounds),
        "Health": "yes" if gain.health else "",
    }  # fmt: skip
    if gain.gives is Gives.FISCAL:
        cashable = _three(gain.cashable, _CASHABLE)
        shape = cashable.pop("Shape", Shape.TRIANGLE.value)
        if gain.pounds.certain and not gain.cashable.certain:
            said["Shape"] = shape
        said |= {**cashable, "Cashable source": gain.cashable.source}
    return said
