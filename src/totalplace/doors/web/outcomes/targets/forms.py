"""Forms of targets: a set, a target within it, why it changes, and the decision that adopts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.decisions.rules.proposals import said_pence
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.outcomes.queries import indicators
from totalplace.outcomes.queries.sets import TargetSetRow
from totalplace.outcomes.rules.targets import (
    NOBODY,
    Baseline,
    Outcome,
    Step,
    Target,
    plain,
    said_share,
    said_value,
)
from totalplace.outcomes.rules.wanted import Wanted
from totalplace.participation.queries import AnswerRow
from totalplace.places.queries import AgencyRow
from totalplace.refusal import Refused

_SEEN: Final = "The public sees this."


def line(label: str, hint: str = "", *, ask: str = "", most: int = 300) -> forms.CharField:
    """One line of words; `ask` is said where it is missing, and empty where it may be."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        max_length=most,
    )  # fmt: skip


def words(label: str, hint: str = "", *, ask: str = "", rows: int = 3) -> forms.CharField:
    """Several lines of words."""
    return forms.CharField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        widget=forms.Textarea(attrs={"rows": rows}), max_length=2_000,
    )  # fmt: skip


class Draft(forms.Form):
    """A set that is begun."""

    title = line("Title", "In a few words, such as Every child at school", ask="Enter a title")
    why = words("Why does the place set these targets?", _SEEN, ask="Say why they are set")
    agency = forms.ChoiceField(
        label="Which agency is accountable for them?",
        help_text="Its full council, or the combined authority, decides on them.",
    )
    first_year = line("First financial year", "Such as 2027-28", ask="Enter the first year")
    last_year = line("Last financial year", "Such as 2029-30", ask="Enter the last year")

    def __init__(self, typed: Any, agencies: Sequence[AgencyRow]) -> None:
        super().__init__(typed)
        options(self, "agency", [(one.code, one.name) for one in agencies])

    def clean_first_year(self) -> FinancialYear:
        """The first year."""
        return _year(self.cleaned_data["first_year"])

    def clean_last_year(self) -> FinancialYear:
        """The last year."""
        return _year(self.cleaned_data["last_year"])


class Which(forms.Form):
    """Which outcome a target is to be for."""

    indicator = forms.ChoiceField(label="What is to be moved?")
    area = line(
        "In which area?",
        "The code under which its readings are published, such as E10000017",
        ask="Enter the code of the area",
        most=64,
    )

    def __init__(self, typed: Any, *, area: str) -> None:
        super().__init__(typed, initial={"area": area})
        listed: dict[str, list[tuple[str, str]]] = {}
        for one in indicators():
            listed.setdefault(one.family.heading, []).append((one.code, one.title))
        flat = [(c, f"{family}: {t}") for family, some in listed.items() for c, t in some]
        options(self, "indicator", [("", "Choose an outcome"), *flat])


class Why(forms.Form):
    """Why something is done, and the answer that led to it, once people are heard."""

    because = forms.ChoiceField(
        label="Which answer led to this change?",
        help_text="People are heard on these targets, so they change only as an answer says.",
        error_messages={"required": "Choose the answer that led to this change"},
    )
    reason = words("Why?", _SEEN, ask="Say why")

    def __init__(self, typed: Any, *, answers: Sequence[AnswerRow] | None, **said: Any) -> None:
        super().__init__(typed, **said)
        if answers is None:
            del self.fields["because"]
        else:
            told = [(str(one.number), f"Answer {one.number}: {one.words[:150]}") for one in answers]
            options(self, "because", [("", "Choose an answer"), *told])

    @property
    def answer(self) -> int | None:
        """The number of the answer, where one is asked."""
        said = self.cleaned_data.get("because")
        return int(said) if said else None


class Change(Why):
    """A target: where it stands, where it is to be, who can move it, and why."""

    baseline = line("Where does it stand now?", most=20)
    period = line("In which period was that?", "Such as 2024/25", most=100)
    source = line("Who published it?", "With the table and its date, so that others find it")
    why_missing = line("If that is not known, why not?")
    why = words("Why does it matter here?", _SEEN, ask="Say why it matters here")
    against = words(
        "If it is to get worse, or no better, why?", "Protecting what there is needs no reason.",
        rows=2,
    )  # fmt: skip

    def __init__(
        self,
        typed: Any,
        *,
        row: TargetSetRow,
        outcome: Outcome,
        before: Target | None,
        baseline: Baseline,
        agencies: Sequence[AgencyRow],
        answers: Sequence[AnswerRow] | None,
    ) -> None:
        self.outcome, self.agencies = outcome, agencies
        self.days = _days(row, before)
        super().__init__(typed, answers=answers, initial=_initial(before, baseline))
        self.fields["reason"].label = "What led to this change?" if before else "What led to it?"
        self.fields["baseline"].label = f"Where does it stand now? ({unit(outcome)})"
        for day in self.days:
            self.fields[_step(day)] = line(f"{day.day} {day:%B %Y}", most=20)
        for one in agencies:
            self.fields[f"share_{one.code}"] = line(f"{one.name}: per cent", most=8)
            self.fields[f"pounds_{one.code}"] = line(f"{one.name}: pounds", most=20)
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self) -> dict[str, Any]:
        """Every number, as the rules read it; a fault stands at its own box."""
        said = super().clean() or {}
        for name in list(said):
            try:
                if name == "baseline" or name.startswith("step_"):
                    said[name] = said_value(said[name])
                elif name.startswith("share_"):
                    said[name] = said_share(said[name])
                elif name.startswith("pounds_"):
                    said[name] = said_pence(said[name])
            except Refused as refused:
                self.add_error(name, ValidationError(f"{refused.what}: {refused.why}"))
        return said

    def wanted(self) -> Wanted:
        """What was typed, as the action takes it."""
        said = self.cleaned_data
        shares: dict[str, Decimal] = {}
        pence: dict[str, int] = {}
        for one in self.agencies:
            if said[f"share_{one.code}"]:
                shares[one.code] = said[f"share_{one.code}"]
            if said[f"pounds_{one.code}"] is not None:
                pence[one.code] = said[f"pounds_{one.code}"]
        return Wanted(
            indicator=self.outcome.indicator,
            area=self.outcome.area,
            baseline=Baseline(
                said["baseline"], said["period"], said["source"], said["why_missing"]
            ),
            steps=tuple(
                Step(day, said[_step(day)]) for day in self.days if said[_step(day)] is not None
            ),
            shares=shares,
            why=said["why"],
            pence=pence,
            against=said["against"],
        )


class Upload(Why):
    """A workbook that says all targets of a set."""

    file = forms.FileField(
        label="The workbook, filled in",
        help_text="Download it first: it holds the targets as they stand.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class Adopt(forms.Form):
    """The decision under which a set is adopted."""

    decision = forms.ChoiceField(
        label="Under which decision?", error_messages={"required": "Choose the decision"}
    )
    reason = words("What is to be known about it?", _SEEN, ask="Say what is to be known about it")

    def __init__(self, typed: Any, decisions: Sequence[tuple[str, str]]) -> None:
        super().__init__(typed)
        options(self, "decision", decisions)


def options(form: forms.Form, name: str, known: Sequence[tuple[str, str]]) -> None:
    """Say what may be chosen in a field."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  (each caller names one)
    field.choices = list(known)


def unit(outcome: Outcome) -> str:
    """The unit of an outcome, as it is asked for."""
    return "in 100" if outcome.unit == "%" else outcome.unit


def _days(row: TargetSetRow, before: Target | None) -> list[date]:
    """The last day of each year of the set, and any other day that the target has already."""
    last = [FinancialYear(y).last_day for y in range(row.first_year.start, row.last_year.start + 1)]
    return sorted({*last, *(step.day for step in (before.steps if before else ()))})


def _step(day: date) -> str:
    return f"step_{day.isoformat()}"


def _initial(before: Target | None, baseline: Baseline) -> Mapping[str, str]:
    base = before.baseline if before else baseline
    found = {
        "baseline": "" if base.value is None else plain(base.value),
        "period": base.period,
        "source": base.source,
        "why_missing": base.why_missing,
    }
    if before is None:
        return found
    found |= {"why": before.why, "against": before.against}
    found |= {_step(step.day): plain(step.value) for step in before.steps}
    for part in before.parts:
        if part.agency != NOBODY:
            found[f"share_{part.agency}"] = str(part.share) if part.share else ""
            found[f"pounds_{part.agency}"] = typed_pounds(part.pence)
    return found


def typed_pounds(pence: int | None) -> str:
    """A sum as it is typed: whole pounds where it is."""
    return "" if pence is None else pounds(pence).removesuffix(".00").lstrip("£")


def _year(said: str) -> FinancialYear:
    try:
        return FinancialYear.parse(said)
    except ValueError:
        raise ValidationError(f"'{said}' is no financial year; write it such as 2027-28") from None
