"""Forms of plans: a case as a workbook, which plan is proposed and why, answers and statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from totalplace.commissioning.actions.plan_answers import Answer, Intent
from totalplace.commissioning.queries.plans import VersionRow
from totalplace.commissioning.rules.sorts import Sort
from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.web.outcomes.targets.forms import line, options, words
from totalplace.participation.queries import AnswerRow
from totalplace.places.queries import AgencyRow
from totalplace.refusal import Refused

_SEEN: Final = "The public sees this."
MOST_ASKED: Final = 10  # services that a form asks of: those with most money


class Case(forms.Form):
    """The workbook of a case."""

    file = forms.FileField(
        label="The workbook of the case, filled in",
        help_text="With sheets for options, effects, what is wanted, funds and rules (XLSX).",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Choose the workbook"},
    )


class Draft(Case):
    """A plan that is begun."""

    title = line("Title", "In a few words, such as The grant of 2027-28", ask="Enter a title")
    why = words("Why is the plan made?", _SEEN, ask="Say why it is made")
    agency = forms.ChoiceField(
        label="Which agency is accountable for it?",
        help_text="Its full council, or the combined authority, decides on it.",
        error_messages={"required": "Choose the agency that is accountable"},
    )

    field_order = ("title", "why", "agency", "file")

    def __init__(self, typed: Any, agencies: Sequence[AgencyRow], *, files: Any = None) -> None:
        super().__init__(typed, files)
        known = [(one.code, one.name) for one in agencies]
        options(self, "agency", [("", "Choose the agency"), *known])


class Change(Case):
    """Another case of a draft, and why."""

    reason = words("Why?", "It goes on the record.", ask="Say why")


class Choose(forms.Form):
    """Which of the three plans is proposed, and why."""

    sort = forms.ChoiceField(
        label="Which of the three plans is proposed?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three plans"},
    )
    because = words("Why this one, and not the others?", _SEEN, ask="Say why this one")

    def __init__(self, typed: Any, version: VersionRow, **said: Any) -> None:
        super().__init__(typed, **said)
        known = [(one.sort.value, f"{one.title}. {one.reason}") for one in version.proposable]
        options(self, "sort", known)

    @property
    def chosen(self) -> Sort:
        """What was chosen."""
        return Sort(self.cleaned_data["sort"])


class Revise(Choose):
    """Another version of a plan that is proposed: why, and which answer led to it."""

    answer = forms.ChoiceField(
        label="Which answer led to this change?",
        help_text="People are heard on this plan, so it changes only as an answer says.",
        error_messages={"required": "Choose the answer that led to this change"},
    )
    reason = words("What changes, and why?", _SEEN, ask="Say what changes, and why")
    file = forms.FileField(
        label="Another case, where it changes too",
        help_text="A workbook (XLSX). Without one the case stays as it is.",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        required=False,
    )

    def __init__(
        self, typed: Any, version: VersionRow, *, answers: Sequence[AnswerRow] | None,
        files: Any = None,
    ) -> None:  # fmt: skip
        super().__init__(typed, version, files=files)
        if answers is None:
            del self.fields["answer"]
        else:
            told = [(str(one.number), f"Answer {one.number}: {one.words[:150]}") for one in answers]
            options(self, "answer", [("", "Choose an answer"), *told])

    @property
    def because_of(self) -> int | None:
        """The number of the answer, where one is asked."""
        said = self.cleaned_data.get("answer")
        return int(said) if said else None


class Part(forms.Form):
    """What an agency says of its part, and what it will commission with it."""

    accepts = forms.ChoiceField(
        label="Do you accept your part of the plan?",
        choices=[("yes", "We accept it"), ("no", "We contest it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you accept it"},
    )
    words = words(
        "Why, or what is to be known about it?", _SEEN, ask="Say why, or what is to be known"
    )

    def __init__(self, typed: Any, version: VersionRow, agency: str) -> None:
        super().__init__(typed)
        case = version.case
        gets: dict[str, int] = {}
        for put, pence in zip(version.problem.lines, version.stands.pence, strict=True):
            gets[put.option] = gets.get(put.option, 0) + pence
        mine = [one for one in case.options if one.agency == agency]
        self.mine = sorted(mine, key=lambda one: -gets[one.code])[:MOST_ASKED]
        outcomes = [(f"{one.indicator}|{one.area}", one.title) for one in case.wanted]
        for n, one in enumerate(self.mine):
            self.fields[f"what_{n}"] = line(f"{one.title}: what will you commission?", most=500)
            self.fields[f"for_{n}"] = forms.ChoiceField(
                label=f"{one.title}: for which outcome?", required=False,
                choices=[("", "Choose an outcome"), *outcomes],
            )  # fmt: skip
            self.fields[f"pounds_{n}"] = line(
                f"{one.title}: pounds, over all years", "Leave it blank where it is not known",
                most=20,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Sums as pence, and an outcome for whatever will be commissioned."""
        said = super().clean() or {}
        for n, one in enumerate(self.mine):
            if said.get(f"what_{n}") and not said.get(f"for_{n}"):
                self.add_error(f"for_{n}", f"Choose the outcome that {one.title} is for")
            try:
                said[f"pounds_{n}"] = said_pence(said.get(f"pounds_{n}", ""))
            except Refused as refused:
                self.add_error(f"pounds_{n}", ValidationError(f"{refused.what}: {refused.why}"))
        return said

    @property
    def answer(self) -> Answer:
        """What was typed, as the action takes it."""
        said, intents = self.cleaned_data, []
        for n, one in enumerate(self.mine):
            if said[f"what_{n}"]:
                indicator, _, area = said[f"for_{n}"].partition("|")
                intents.append(
                    Intent(one.code, (indicator, area), said[f"what_{n}"], said[f"pounds_{n}"])
                )
        return Answer(said["accepts"] == "yes", said["words"], intents)


class Reply(forms.Form):
    """What was done about a part that is contested."""

    changed = forms.ChoiceField(
        label="Did something change?",
        choices=[
            ("yes", "Yes: the plan as it stands now has changed"),
            ("no", "No: nothing changes"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether something changed"},
    )
    words = words("What changed, or why nothing did", _SEEN, ask="Say what changed, or why not")


class Statement(forms.Form):
    """The chief finance officer's report."""

    robustness = words(
        "Are the estimates robust?", f"Say on what that rests, and what is not known. {_SEEN}",
        ask="Say whether the estimates are robust", rows=6,
    )  # fmt: skip
    reserves = words(
        "Are the reserves adequate?", f"Say how much there is, and for what. {_SEEN}",
        ask="Say whether the reserves are adequate", rows=6,
    )  # fmt: skip


class Why(forms.Form):
    """Why something is done."""

    reason = words("Why?", _SEEN, ask="Say why")


class Adopt(forms.Form):
    """The decision under which a plan is adopted."""

    decision = forms.ChoiceField(
        label="Under which decision?", error_messages={"required": "Choose the decision"}
    )
    reason = words("What is to be known about it?", _SEEN, ask="Say what is to be known about it")

    def __init__(self, typed: Any, decisions: Sequence[tuple[str, str]]) -> None:
        super().__init__(typed)
        options(self, "decision", decisions)


class Post(forms.Form):
    """The book that an allocation is posted to."""

    book = forms.ChoiceField(
        label="To which book?", error_messages={"required": "Choose the book"},
        help_text="Each fund of the plan is the line of the book that has its code.",
    )  # fmt: skip

    def __init__(self, typed: Any, books: Sequence[tuple[str, str]]) -> None:
        super().__init__(typed)
        options(self, "book", books)
