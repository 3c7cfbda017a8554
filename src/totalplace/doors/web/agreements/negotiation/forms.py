"""Forms of a negotiation: opening it, the parts of a draft, an offer and its day of answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.agreements.queries.devolution import models_by_code as models_of_devolution
from totalplace.agreements.rules.line_sheet import slug, sum_said
from totalplace.agreements.rules.lines import Bound, Condition, Line, Mechanism, Sum, Where
from totalplace.agreements.rules.offers import Lift, Opening, Saving, Wished
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.web.forms import Day
from totalplace.doors.web.outcomes.targets.forms import line, options, typed_pounds, words
from totalplace.ledger.rules.accounts import Nature
from totalplace.money.years import FinancialYear
from totalplace.places.queries import AgencyRow, PlaceRow
from totalplace.refusal import Refused

SEEN: Final = "The other side reads this."
_WORDS: Final = "Pounds, or TBC, or 'included above'. Leave it empty where nothing is said."
_SPARE: Final = 2  # empty rows for further conditions


def pounds_box(label: str, hint: str = "") -> forms.CharField:
    """A sum in pounds, or nothing where it is not known."""
    return line(label, hint or "In pounds. Leave it empty if it is not known.", most=24)


class Part(forms.Form):
    """A form of one row of a draft: `row` is what was typed, in the field's own type."""

    title: ClassVar[str] = ""
    pounds: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> dict[str, Any]:
        """Sums as pence; a fault stands at its own box."""
        said = super().clean() or {}
        for name in self.pounds:
            try:
                said[name] = said_pence(said.get(name, ""))
            except Refused as refused:
                self.add_error(name, ValidationError(f"{refused.what}: {refused.why}"))
        return said

    def row(self) -> Any:
        """What was typed."""
        raise NotImplementedError

    @staticmethod
    def initial_of(row: Any) -> Mapping[str, Any]:
        """A row as it is typed."""
        raise NotImplementedError


class PromiseForm(Part):
    """What one party owes another."""

    title = "Promise"
    pounds = ("pence",)
    owes = forms.ChoiceField(label="Who owes it?")
    owed = forms.ChoiceField(label="To whom?")
    kind = forms.ChoiceField(label="What kind of promise is it?", choices=[(k, k) for k in Kind])
    what = line("What is promised?", SEEN, ask="Say what is promised")
    pence = pounds_box("How much?", "In pounds, where it is money.")
    of_line = line("Code of the line, where it is money", most=64)
    due = Day(label="By when?", help_text="Such as 15 4 2027")
    cure_days = forms.IntegerField(
        label="Days to put it right", min_value=0, max_value=3650, initial=0
    )
    targets = line("Targets that depend on it", "Codes of indicators, with commas between")

    def __init__(self, *said: Any, agencies: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*said, **more)
        options(self, "owes", [("", "Choose who owes it"), *agencies])
        options(self, "owed", [("", "Choose who is owed"), *agencies])

    def row(self) -> Promise:
        """The promise; its number is given by its place in the draft."""
        said = self.cleaned_data
        return Promise(
            0, said["owes"], said["owed"], Kind(said["kind"]), said["what"], said["due"],
            said["pence"], said["of_line"], cure_days=said["cure_days"],
            targets=_several(said["targets"]),
        )  # fmt: skip

    @staticmethod
    def initial_of(row: Promise) -> Mapping[str, Any]:
        """A promise as it is typed."""
        return {
            "owes": row.by, "owed": row.to, "kind": row.kind, "what": row.what,
            "pence": typed_pounds(row.pence), "of_line": row.line, "due": row.due,
            "cure_days": row.cure_days, "targets": ", ".join(row.targets),
        }  # fmt: skip


class RuleForm(Part):
    """A rule that is asked to be lifted."""

    title = "Rule to be lifted"
    pounds = ("pence",)
    rule = line("Which rule is to be lifted?", SEEN, ask="Say which rule")
    lifter = line("Who can lift it?", "A department or other body", ask="Say who can lift it")
    why = words("What does it block?", SEEN, ask="Say what it blocks")
    pence = pounds_box("What does it cost a year while it stands?")

    def row(self) -> Lift:
        """The rule, under a code made of its words."""
        said = self.cleaned_data
        return Lift(slug(said["rule"]), said["rule"], said["lifter"], said["why"], said["pence"])

    @staticmethod
    def initial_of(row: Lift) -> Mapping[str, Any]:
        """A rule as it is typed."""
        pence = typed_pounds(row.pence)
        return {"rule": row.rule, "lifter": row.by, "why": row.why, "pence": pence}


class TargetForm(Part):
    """A target that the other side is asked to have."""

    title = "Target"
    indicator = line("Code of the indicator", ask="Enter its code", most=200)
    wish = line("What is to be reached?", SEEN, ask="Say what is to be reached")

    def row(self) -> Wished:
        """The target."""
        return Wished(self.cleaned_data["indicator"], self.cleaned_data["wish"])

    @staticmethod
    def initial_of(row: Wished) -> Mapping[str, Any]:
        """A target as it is typed."""
        return {"indicator": row.indicator, "wish": row.words}


class SavingForm(Part):
    """A saving that a side expects, for its own eyes."""

    title = "Saving"
    pounds = ("pence",)
    what = line("What would be saved?", "Only your own side reads this.", ask="Say what")
    agency = forms.ChoiceField(label="Whose saving is it?")
    pence = pounds_box("How much a year?")

    def __init__(self, *said: Any, agencies: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*said, **more)
        options(self, "agency", [("", "Choose whose it is"), *agencies])

    def row(self) -> Saving:
        """The saving."""
        said = self.cleaned_data
        return Saving(said["what"], said["agency"], said["pence"])

    @staticmethod
    def initial_of(row: Saving) -> Mapping[str, Any]:
        """A saving as it is typed."""
        return {"what": row.what, "agency": row.agency, "pence": typed_pounds(row.pence)}


class GuaranteeForm(forms.Form):
    """A national guarantee in force, attached to an offer."""

    title = "National guarantee"
    code = forms.ChoiceField(
        label="Which guarantee?", error_messages={"required": "Choose the guarantee"}
    )
    reason = words("Why is it attached?", SEEN, ask="Say why it is attached")

    def __init__(self, *said: Any, known: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*said, **more)
        options(self, "code", [("", "Choose a guarantee"), *known])


class LineForm(Part):
    """A funding line, with its sums of every year and its conditions."""

    title = "Funding line"
    fund = line("Which fund is it?", SEEN, ask="Name the fund")
    responsibility = line("Functional responsibility", "Such as Local transport")
    department = line("Home department", "Such as DfT")
    mechanism = forms.ChoiceField(
        label="How is the sum come to?", choices=[(one, one) for one in Mechanism]
    )
    where = forms.ChoiceField(
        label="In which set is it?", choices=[(one, one.capitalize()) for one in Where],
        widget=forms.RadioSelect, error_messages={"required": "Choose its set"},
    )  # fmt: skip
    reason = words("Why is it in that set?", SEEN, ask="Say why it is in that set")
    theme = line("Theme", most=100)
    covers = line(
        "Which spending of the count is it?",
        "As agency/service, with * for any; several with commas between",
        most=2_000,
    )
    outcomes = line("Which outcomes is it to move?", "Codes of indicators, with commas between",
                    most=2_000)  # fmt: skip

    def __init__(self, *said: Any, years: tuple[int, int], conditions: int, **more: Any) -> None:
        super().__init__(*said, **more)
        self.boxes = [(y, n) for y in range(years[0], years[1] + 1) for n in Nature]
        self.conditions = conditions + _SPARE
        kinds = [("", "None"), *((one, one.capitalize()) for one in Bound)]
        for year, nature in self.boxes:
            label = f"{FinancialYear(year).label}: {nature}"
            self.fields[_sum(year, nature)] = line(label, most=40)
        for n in range(self.conditions):
            self.fields[f"kind_{n}"] = forms.ChoiceField(
                label=f"Condition {n + 1}: kind", choices=kinds, required=False
            )
            self.fields[f"text_{n}"] = line(f"Condition {n + 1}: what is asked", most=1_000)
            self.fields[f"pence_{n}"] = line(f"Condition {n + 1}: pounds", most=24)

    def clean(self) -> dict[str, Any]:
        """Sums and conditions as the rules read them; a fault stands at its own box."""
        said = super().clean()
        for year, nature in self.boxes:
            name = _sum(year, nature)
            try:
                said[name] = sum_said(said.get(name, ""), nature, year)
            except ValueError as error:
                self.add_error(name, ValidationError(f"This is no sum of money. {error}"))
        for n in range(self.conditions):
            try:
                said[f"pence_{n}"] = said_pence(said.get(f"pence_{n}", ""))
            except Refused as refused:
                self.add_error(f"pence_{n}", ValidationError(f"{refused.what}: {refused.why}"))
            if bool(said.get(f"kind_{n}")) != bool(said.get(f"text_{n}")):
                self.add_error(f"text_{n}", "Say both the kind of condition and what is asked")
        return said

    def row(self) -> Line:
        """The line, under the code that it had or one made of its fund."""
        said = self.cleaned_data
        sums: list[Sum | None] = [said[_sum(year, nature)] for year, nature in self.boxes]
        return Line(
            code=self.initial.get("code") or slug(said["fund"]),
            fund=said["fund"],
            responsibility=said["responsibility"],
            department=said["department"],
            mechanism=Mechanism(said["mechanism"]),
            where=Where(said["where"]),
            reason=said["reason"],
            theme=said["theme"],
            sums=tuple(one for one in sums if one is not None),
            conditions=tuple(
                Condition(Bound(said[f"kind_{n}"]), said[f"text_{n}"], said[f"pence_{n}"])
                for n in range(self.conditions)
                if said[f"kind_{n}"]
            ),
            covers=_several(said["covers"]),
            outcomes=_several(said["outcomes"]),
        )

    @staticmethod
    def initial_of(row: Line) -> Mapping[str, Any]:
        """A line as it is typed."""
        found: dict[str, Any] = {
            "code": row.code, "fund": row.fund, "responsibility": row.responsibility,
            "department": row.department, "mechanism": row.mechanism, "where": row.where,
            "reason": row.reason, "theme": row.theme, "covers": ", ".join(row.covers),
            "outcomes": ", ".join(row.outcomes),
        }  # fmt: skip
        for one in row.sums:
            pounds = typed_pounds(one.pence) if one.pence is not None else one.said.value
            found[_sum(one.year, one.nature)] = pounds
        for n, condition in enumerate(row.conditions):
            found |= {f"kind_{n}": condition.kind, f"text_{n}": condition.text,
                      f"pence_{n}": typed_pounds(condition.pence)}  # fmt: skip
        return found


class Begin(forms.Form):
    """A negotiation that is opened."""

    place = forms.ChoiceField(label="Which place negotiates?")
    title = line("Title", "In a few words, such as The Wexshire block grant", ask="Enter a title")
    host = forms.ChoiceField(
        label="Which agency is accountable?", help_text="It holds the grant for the place."
    )
    model = forms.ChoiceField(label="Under which model of devolution?")
    departments = forms.MultipleChoiceField(
        label="With which departments?", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose a department"},
    )  # fmt: skip
    first_year = line("First financial year", "Such as 2027-28", ask="Enter the first year")
    last_year = line("Last financial year", "Such as 2029-30", ask="Enter the last year")
    edition = line("Edition of the count", "Signed off, such as wexshire/2024-25/1. Leave it empty "
                   "if there is none.")  # fmt: skip

    def __init__(
        self, typed: Any, *, places: Sequence[PlaceRow], agencies: Sequence[AgencyRow]
    ) -> None:
        super().__init__(typed)
        options(self, "place", [(one.code, one.name) for one in places])
        options(self, "model", [(one.code, one.title) for one in models_of_devolution().values()])
        centre = [(one.code, one.name) for one in agencies if one.kind == "department"]
        local = [(one.code, one.name) for one in agencies if one.kind != "department"]
        options(self, "host", [("", "Choose an agency"), *local])
        field = self.fields["departments"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  (declared above)
        field.choices = centre

    def clean_first_year(self) -> int:
        """The first year, by that in which it begins."""
        return _year(self.cleaned_data["first_year"])

    def clean_last_year(self) -> int:
        """The last year."""
        return _year(self.cleaned_data["last_year"])

    def opening(self) -> Opening:
        """What the negotiation is about."""
        said = self.cleaned_data
        return Opening(
            said["place"], said["host"], said["model"], said["title"], said["first_year"],
            said["last_year"], tuple(said["departments"]), said["edition"],
        )  # fmt: skip


class Reason(forms.Form):
    """Why something is done."""

    reason = words("Why?", SEEN, ask="Say why")


class OfferForm(Reason):
    """An offer: why, and by when an answer is asked for."""

    answer_by = Day(label="By when do you ask for an answer?", help_text="Such as 30 6 2027")


class Signed(forms.Form):
    """A signed file of the other side."""

    file = forms.FileField(label="The file that the other side signed")
    key = line("The other side's public key",
               "64 letters and digits, told to you by another way; needed at their first file",
               most=64)  # fmt: skip


class Notes(forms.Form):
    """What a side notes for itself."""

    notes = words("Notes for your own side", "The other side never reads this.", rows=8)


class Upload(forms.Form):
    """A workbook that says all lines of a draft."""

    file = forms.FileField(
        label="The workbook, filled in",
        help_text="Or a table of funding lines as a department publishes it.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def _sum(year: int, nature: Nature) -> str:
    return f"{nature.value}_{year}"


def _several(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in said.split(",") if part.strip())


def _year(said: str) -> int:
    try:
        return FinancialYear.parse(said).start
    except ValueError:
        raise ValidationError(f"'{said}' is no financial year; write it such as 2027-28") from None
