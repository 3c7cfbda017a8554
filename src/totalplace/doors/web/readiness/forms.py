"""Forms of readiness: facts, scores, levels put forward, evidence, waivers and what followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.doors.web.forms import Day
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.queries import EvidenceRow, FactRow, ProposalRow
from totalplace.readiness.rules.agreeing import AgreedLevel
from totalplace.readiness.rules.eligibility import FactSaid, Test
from totalplace.readiness.rules.evidence import EvidenceKind, EvidenceSaid
from totalplace.readiness.rules.gate import MET
from totalplace.readiness.rules.scale import TITLES, Area, Level
from totalplace.readiness.rules.scoring import Scored

_SEEN: Final = "The public sees this."
_LATER: Final = "Nobody of the other side sees this before both have scored."
_LEVELS: Final = [(level.value, level.value.capitalize()) for level in Level]
_AREAS: Final = [(area.value, TITLES[area]) for area in Area]
_ON: Final = [("on", "On the day below"), ("never", "That never happened")]
_HAPPENED: Final = {False: _ON, True: [*_ON, ("going", "It has not ended")]}
_KINDS: Final = {
    EvidenceKind.STRUCTURE: "A structure: a board, a plan, a system",
    EvidenceKind.SKILLS: "Skills: what people can do",
    EvidenceKind.CAPACITY: "Capacity: that people have the time for it",
    EvidenceKind.HISTORY: "History: that partners have worked together before",
    EvidenceKind.RESULT: "A result: what came of it",
}


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


def chosen(
    label: str, known: Sequence[tuple[str, str]], *, ask: str = "", hint: str = "",
    radios: bool = False,
) -> forms.ChoiceField:  # fmt: skip
    """One of a few; `ask` is said where none is chosen, and empty where none need be."""
    return forms.ChoiceField(
        label=label, help_text=hint, required=bool(ask), error_messages={"required": ask},
        choices=[*known] if radios else [("", ""), *known],
        widget=forms.RadioSelect if radios else forms.Select,
    )  # fmt: skip


class Begin(forms.Form):
    """An assessment that is begun with a department."""

    centre = forms.ChoiceField(label="With which department?")
    why = words("Why is readiness assessed now?", _SEEN, ask="Say why it is assessed now")

    def __init__(self, typed: Any, departments: Mapping[str, str]) -> None:
        super().__init__(typed)
        field = self.fields["centre"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = list(departments.items())


class Why(forms.Form):
    """Why something is done."""

    reason = words("Why?", _SEEN, ask="Say why")


class Facts(forms.Form):
    """Each fact of eligibility: its day or that it never happened, and the source."""

    def __init__(self, typed: Any, known: Mapping[str, FactRow]) -> None:
        super().__init__(typed)
        for code, rule in fact_rules().items():
            said = known.get(code)
            self.fields[f"happened_{code}"] = chosen(
                rule.question, _HAPPENED[rule.test is Test.NONE_WITHIN],
                ask=f"Say of '{rule.title}' on which day, or that it never happened", radios=True,
            )  # fmt: skip
            self.fields[f"day_{code}"] = Day(label="The day", required=False)
            self.fields[f"source_{code}"] = line(
                "Where is that written?", _SEEN, ask=f"Say where '{rule.title}' is written"
            )
            if said is not None:
                happened = "on" if said.happened_on else "going" if said.ongoing else "never"
                self.initial[f"happened_{code}"] = happened
                self.initial[f"day_{code}"] = said.happened_on
                self.initial[f"source_{code}"] = said.source

    def clean(self) -> dict[str, Any]:
        """A day where one is said to be, and none where it never happened."""
        said = super().clean() or {}
        for code in fact_rules():
            day = said.get(f"day_{code}")
            if said.get(f"happened_{code}") == "on" and day is None and not self._wrong(code):
                self.add_error(f"day_{code}", ValidationError("Enter the day"))
            if said.get(f"happened_{code}") in ("never", "going") and day is not None:
                self.add_error(
                    f"day_{code}", ValidationError("Leave the day empty where there is none")
                )
        return said

    def _wrong(self, code: str) -> bool:
        return f"day_{code}" in self.errors

    def said(self) -> list[FactSaid]:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return [
            FactSaid(c, typed[f"day_{c}"], typed[f"source_{c}"], typed[f"happened_{c}"] == "going")
            for c in fact_rules()
        ]


class Scores(forms.Form):
    """A level in each area, why, and on which evidence it rests."""

    def __init__(self, typed: Any, evidence: Sequence[EvidenceRow]) -> None:
        super().__init__(typed)
        for area in Area:
            of_area = [one for one in evidence if one.item.area is area]
            self.fields[f"level_{area}"] = chosen(
                "Which level?", _LEVELS, ask=f"Choose a level of {TITLES[area]}", radios=True
            )
            self.fields[f"why_{area}"] = words("Why?", _LATER, ask=f"Say why: {TITLES[area]}")
            self.fields[f"evidence_{area}"] = forms.MultipleChoiceField(
                label="On which evidence does that rest?",
                help_text="Above emerging it rests on at least one item that holds today."
                if of_area
                else "There is none of this area yet that holds today.",
                choices=[(str(one.number), f"{one.number}: {one.title}") for one in of_area],
                widget=forms.CheckboxSelectMultiple, required=False,
            )  # fmt: skip

    def said(self) -> list[Scored]:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return [
            Scored(
                area, Level(typed[f"level_{area}"]), typed[f"why_{area}"],
                tuple(int(n) for n in typed[f"evidence_{area}"]),
            )
            for area in Area
        ]  # fmt: skip


class Put(forms.Form):
    """Levels that are put to the other side."""

    def __init__(self, typed: Any, before: ProposalRow | None) -> None:
        super().__init__(typed)
        for area in Area:
            self.fields[f"level_{area}"] = chosen(
                "Agreed level", [*_LEVELS, ("none", "We do not agree on one")],
                ask=f"Choose what is agreed on {TITLES[area]}",
            )  # fmt: skip
            self.fields[f"reason_{area}"] = words(
                "Why?", _SEEN, ask=f"Say why: {TITLES[area]}", rows=2
            )
            self.fields[f"disputed_{area}"] = words(
                "What do the two sides still see differently?", "It is kept beside the level.",
                rows=2,
            )  # fmt: skip
            if before is not None:
                one = before.levels[area]
                self.initial[f"level_{area}"] = one.level.value if one.level else "none"
                self.initial[f"reason_{area}"] = one.reason
                self.initial[f"disputed_{area}"] = one.disputed

    def said(self) -> list[AgreedLevel]:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return [
            AgreedLevel(
                area,
                None if typed[f"level_{area}"] == "none" else Level(typed[f"level_{area}"]),
                typed[f"reason_{area}"],
                typed[f"disputed_{area}"],
            )
            for area in Area
        ]


class Evidence(forms.Form):
    """An item of evidence."""

    area = chosen("What is it about?", _AREAS, ask="Choose an area", radios=True)
    kind = chosen(
        "What does it show?", [(kind.value, told) for kind, told in _KINDS.items()],
        ask="Choose what it shows", radios=True,
        hint="Structures alone show little: people have to be able to use them.",
    )  # fmt: skip
    title = line("Title", _SEEN, ask="Enter a title")
    says = words("What does it say?", _SEEN, ask="Say what it shows")
    where = line("Where can it be read?", "An address, or a file and its page", ask="Say where")
    first_day = Day(label="From which day does it hold?")
    last_day = Day(label="Until which day does it hold?", help_text="Three years at the most.")
    renews = forms.ChoiceField(
        label="Does it renew an earlier item?", required=False,
        help_text="What rests on the earlier item then rests on this one.",
    )  # fmt: skip

    def __init__(self, typed: Any, held: Sequence[EvidenceRow]) -> None:
        super().__init__(typed)
        field = self.fields["renews"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = [("", "No")] + [(str(o.number), f"{o.number}: {o.title}") for o in held]

    def said(self) -> EvidenceSaid:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return EvidenceSaid(
            Area(typed["area"]), EvidenceKind(typed["kind"]), typed["title"], typed["says"],
            typed["where"], typed["first_day"], typed["last_day"],
            int(typed["renews"]) if typed["renews"] else None,
        )  # fmt: skip


class Waive(forms.Form):
    """What is to be done without, and until when."""

    need = forms.ChoiceField(label="What is lacking?")
    level = chosen(
        "Which level would be needed?", _LEVELS, hint="Of an area. Leave it empty for a fact."
    )
    centre = forms.ChoiceField(label="Which department?")
    reason = words("Why should the agreement be signed without it?", _SEEN, ask="Say why")
    until = Day(label="Until which day?", help_text="Two years at the most.")

    def __init__(self, typed: Any, departments: Mapping[str, str]) -> None:
        super().__init__(typed)
        facts = [(code, rule.title) for code, rule in fact_rules().items()]
        for name, known in (("need", [*_AREAS, *facts]), ("centre", list(departments.items()))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
            field.choices = known

    def clean(self) -> dict[str, Any]:
        """A level for an area; a fact is met or not."""
        said = super().clean() or {}
        if said.get("need") in fact_rules():
            said["level"] = MET
        elif not said.get("level"):
            self.add_error("level", ValidationError("Choose the level that would be needed"))
        return said


class Followed(forms.Form):
    """What followed an agreed level."""

    area = chosen("Of which area?", _AREAS, ask="Choose an area", radios=True)
    went_well = chosen(
        "How did it go?",
        [("yes", "As the level let one expect"), ("no", "Worse than it let one expect")],
        ask="Choose how it went", radios=True,
    )  # fmt: skip
    what = words("What happened?", _SEEN, ask="Say what happened")
    source = line("Who says so?", "With where it can be read", ask="Say who says so")
