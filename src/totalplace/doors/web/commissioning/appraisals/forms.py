"""Forms of appraisals: the main numbers typed, a workbook given, a reason said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.commissioning.definitions.appraisal.reading import grades
from totalplace.commissioning.rules.appraisal.headings import (
    ABOUT,
    COSTS,
    GAINS,
    NUMBERS,
    OUTCOMES,
    PRICES,
    YEAR,
    Fault,
    Row,
)
from totalplace.commissioning.rules.appraisal.tables import appraisal_of
from totalplace.commissioning.rules.appraisal.terms import IN_WORDS, Appraisal, Gives, Pays, What

GAINS_TYPED: Final = 3
_CODE: Final = "typed"  # of the one cost and the one outcome that the form has
_OF_MANY: Final = (
    ("Option", "option"), ("Title", "title"), ("Otherwise", "otherwise"),
    ("First year", "first_year"), ("Years", "years"), ("Prices of", "first_year"),
)  # fmt: skip
_OF_COST: Final = (
    ("Who pays", "payer"), ("What", "pays_for"), ("Met with", "met"), ("Grade", "cost_grade"),
    ("Source", "cost_source"),
)  # fmt: skip
_OF_OUTCOME: Final = (
    ("Outcome", "outcome"), ("Counted in", "counted"), ("Grade", "grade"), ("Intakes", "intakes"),
    ("Begins after", "begins"), ("Lasts", "lasts"),
)  # fmt: skip
_OF_GAIN: Final = (
    ("Who gains", "who"), ("Gain", "gain"), ("Kind", "kind"), ("Source", "source"),
)  # fmt: skip


def line(label: str, hint: str = "", *, ask: str = "", most: int = 300) -> forms.CharField:
    """One line of words; `ask` is said where it is missing, and empty where it may be."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        max_length=most,
    )  # fmt: skip


def words(label: str, hint: str = "", *, ask: str = "") -> forms.CharField:
    """Several lines of words."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        widget=forms.Textarea(attrs={"rows": 3}), max_length=2_000,
    )  # fmt: skip


def choice(label: str, known: Iterable[tuple[str, str]], hint: str = "") -> forms.ChoiceField:
    """One of some words."""
    return forms.ChoiceField(label=label, help_text=hint, choices=list(known))


class Why(forms.Form):
    """Why something is done."""

    reason = words("Why?", "It goes on the record.", ask="Say why")


class Upload(Why):
    """A workbook, and why it is given."""

    file = forms.FileField(label="The workbook", help_text="An XLSX file of at most 5 megabytes.")
    field_order = ("file", "reason")


class Typed(Why):
    """The main numbers of an appraisal: one cost, one outcome, some who gain."""

    title = line("Title", "In a few words, such as Home sooner from hospital", ask="Enter a title")
    option = line(
        "Code of the option", "As plans call it, such as reablement", ask="Enter its code", most=64
    )
    otherwise = line("What would happen otherwise?", ask="Say what would happen otherwise")
    first_year = line("First financial year", "Such as 2026-27", ask="Enter the year", most=20)
    years = line("Over how many years?", ask="Enter how many years", most=4)
    pays_for = line("What is paid for?", "Such as a team of ten", ask="Say what is paid for")
    payer = line("Who pays?", "An agency", ask="Say who pays", most=100)
    met = choice("With what?", [(one.value, one.value.capitalize()) for one in Pays])
    sums = line(
        "Pounds in each year",
        "One for each year, with spaces between: 50000 50000 50000",
        ask="Enter what is paid in each year",
        most=2_000,
    )
    cost_grade = choice("How well is the cost known?", [])
    cost_source = line("Source of the cost")
    outcome = line("What changes for people?", "Such as people home within a week", ask="Say what")
    counted = line("Counted in", "Such as people", ask="Say in what it is counted", most=100)
    grade = choice("How well is it known that it works?", [])
    intakes = line("In how many years are people taken in?", ask="Enter how many years", most=4)
    begins = line("After how many years does it begin?", "0: at once", ask="Enter how many", most=4)
    lasts = line("How many years does it last?", ask="Enter how many years", most=4)

    def __init__(self, typed: Any) -> None:
        super().__init__(typed)
        known = [(str(one.grade), f"{one.grade}: {one.evidence}") for one in grades()]
        for name in ("cost_grade", "grade"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (it is declared above)
            field.choices = known
            field.initial = known[-1][0]
        for what in What:
            hint = "One number; or a low, a middle and a high, with spaces: 30% 40% 50%"
            name, label = _name(what), IN_WORDS[what].capitalize()
            self.fields[name] = line(label, hint, ask=f"Enter the {what.value}", most=60)
            self.fields[f"{name}_source"] = line(f"Source: {IN_WORDS[what]}")
        for n in range(1, GAINS_TYPED + 1):
            self.fields |= _gain(n)
        self.order_fields([name for name in self.fields if name != "reason"])
        self.made: Appraisal | None = None

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings."""
        found: list[tuple[str, list[forms.BoundField]]] = []
        begin = {
            "title": "What is appraised", "pays_for": "What it costs", "outcome": "What it changes",
            _name(What.ELIGIBLE): "How many, and how sure", "who_1": "Who gains first",
            "who_2": "Who else gains", "who_3": "And who else", "reason": "Why",
        }  # fmt: skip
        for bound in self:
            if bound.name in begin:
                found.append((begin[bound.name], []))
            found[-1][1].append(bound)
        return found

    def clean(self) -> dict[str, Any]:
        """The appraisal that was typed; each fault stands at its own box."""
        said = super().clean() or {}
        if self.errors:
            return said
        tables = _tables(said)
        self.made, faults = appraisal_of(tables)
        for fault in faults:
            name = _where(fault, tables)
            found = f"'{fault.found}' " if fault.found else ""
            self.add_error(name, ValidationError(f"{found}{fault.why}. {fault.next_step}"))
        return said


def _name(what: What) -> str:
    return f"n_{what.name.lower()}"


def _gain(n: int) -> dict[str, forms.Field]:
    ask = "Say who gains" if n == 1 else ""
    kinds = [(one.value, one.value.capitalize()) for one in Gives]
    spread = "One number; or a low, a middle and a high, with spaces between"
    return {
        f"who_{n}": line("Who gains?", "An agency, or people themselves", ask=ask, most=100),
        f"gain_{n}": line("What do they gain?", ask="Say what they gain" if n == 1 else ""),
        f"kind_{n}": choice("Of which kind?", kinds),
        f"pounds_{n}": line("Pounds a year for each success", spread, most=60),
        f"cashable_{n}": line(
            "Share that can be taken out of a budget",
            "Of a fiscal gain only. 0 where no budget gets smaller by it",
            most=60,
        ),
        f"source_{n}": line("Source"),
    }


def _tables(said: Mapping[str, Any]) -> dict[str, list[Row]]:
    about = {head: said[name] for head, name in _OF_MANY}
    cost = {head: said[name] for head, name in _OF_COST} | {"Code": _CODE}
    cost["Prices of"] = said["first_year"]
    for n, one in enumerate(said["sums"].replace("£", "").split(), start=1):
        cost[YEAR.format(n)] = one
    outcome = {head: said[name] for head, name in _OF_OUTCOME} | {"Code": _CODE}
    numbers = [
        Row(n, {"Outcome": _CODE, "Number": what.value, "Source": said[f"{_name(what)}_source"],
                **_spread(said[_name(what)], ("Low", "Middle", "High"))})
        for n, what in enumerate(What)
    ]  # fmt: skip
    gains = []
    for n in range(1, GAINS_TYPED + 1):
        if not any(said[f"{name}_{n}"] for name in ("who", "gain", "pounds", "cashable")):
            continue
        row = {head: said[f"{name}_{n}"] for head, name in _OF_GAIN}
        row |= {"Outcome": _CODE, "Code": f"gain-{n}", "Prices of": said["first_year"]}
        row |= _spread(said[f"pounds_{n}"], ("Low", "Middle", "High"))
        heads = ("Cashable low", "Cashable middle", "Cashable high")
        gains.append(Row(n, row | _spread(said[f"cashable_{n}"], heads)))
    return {
        ABOUT: [Row(1, about)], COSTS: [Row(1, cost)], OUTCOMES: [Row(1, outcome)],
        NUMBERS: numbers, GAINS: gains, PRICES: [],
    }  # fmt: skip


def _spread(said: str, heads: tuple[str, str, str]) -> dict[str, str]:
    """One number as the middle, three as low, middle and high; anything else as it is, a fault."""
    typed = said.split()
    if len(typed) == len(heads):
        return dict(zip(heads, typed, strict=True))
    return {heads[1]: said}


def _where(fault: Fault, tables: Mapping[str, list[Row]]) -> str | None:
    """The box in which a fault is; None: none of them."""
    if fault.table == NUMBERS:
        return _name(list(What)[fault.at])
    if fault.table == GAINS:
        of_gain = {head: f"{name}_{fault.at}" for head, name in _OF_GAIN}
        if fault.head.startswith("Cashable"):
            return f"cashable_{fault.at}"
        return of_gain.get(fault.head, f"pounds_{fault.at}")
    if fault.table == COSTS and fault.head.startswith("Year"):
        return "sums"
    of = {ABOUT: _OF_MANY, COSTS: _OF_COST, OUTCOMES: _OF_OUTCOME}[fault.table]
    names: dict[str, str] = dict(of)
    if fault.table == OUTCOMES and fault.head == "Code":
        return "pounds_1" if not tables[GAINS] else None
    return names.get(fault.head)
