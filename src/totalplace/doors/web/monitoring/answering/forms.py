"""Forms of a response: which fields each move asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from totalplace.agreements.rules.devolution import Side
from totalplace.doors.web.forms import Day
from totalplace.monitoring.actions.answering import Said
from totalplace.monitoring.rules.answering import Verb

_SEEN: Final = "The public and the other side see this at once."
_QUESTIONS: Final = {
    Verb.ACKNOWLEDGE: "What will you do next, and who will do it?",
    Verb.DIAGNOSE: "What is the cause, as you see it?",
    Verb.PROPOSE: "What should be done?",
    Verb.AGREE: "What is to be known about your agreement?",
    Verb.DECLINE: "Why do you decline it, and what would you agree to?",
    Verb.REVIEW: "What do you make of what the figures show?",
    Verb.ASK_TO_CLOSE: "Why can it be closed?",
    Verb.CLOSE: "What is to be known about closing it?",
    Verb.KEEP_OPEN: "Why should it stay open?",
    Verb.ESCALATE: "What do you ask of them?",
}
_REMEDY: Final = ("whom", "due_on", "paid_by", "pays", "level", "review_on")


class Move(forms.Form):
    """One move. Fields that the move does not ask for are taken away."""

    words = forms.CharField(
        help_text=_SEEN, max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say it in a sentence"},
    )  # fmt: skip
    evidence = forms.CharField(
        label="What shows it?", max_length=1_000,
        help_text="Figures, a report or its address. The public sees this.",
        error_messages={"required": "Say what shows it"},
    )  # fmt: skip
    whom = forms.CharField(
        label="Who does it?", max_length=300, error_messages={"required": "Say who does it"}
    )
    due_on = Day(label="By which day is it done?", help_text="For example, 27 3 2027")
    paid_by = forms.CharField(
        label="Who pays?", max_length=300, help_text="Where it costs nothing, say so.",
        error_messages={"required": "Say who pays"},
    )  # fmt: skip
    pays = forms.MultipleChoiceField(
        label="Which promises of an agreement pay for it?", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    level = forms.FloatField(label="At which level is it enough?", required=False)
    review_on = Day(
        label="On which day do both sides look at what it did?",
        help_text="On that day or after. For example, 27 9 2027",
    )
    decision = forms.CharField(
        label="Which decision or amendment follows from it?", required=False, max_length=100,
        help_text="As it is cited, such as: council/12. Leave it empty where there is none.",
    )  # fmt: skip

    def __init__(
        self, typed: Any, verb: Verb, *, promises: Sequence[tuple[str, str]] = (), unit: str = ""
    ) -> None:
        super().__init__(typed)
        self.fields["words"].label = _QUESTIONS[verb]
        self.fields["level"].help_text = (
            f"In {unit or 'the unit of the figures'}. Leave it empty where only the old level will "
            "do."
        )
        pays = self.fields["pays"]
        if isinstance(pays, forms.MultipleChoiceField):
            pays.choices = list(promises)
        gone = {"evidence"} if verb is not Verb.DIAGNOSE else set()
        gone |= set(_REMEDY) if verb is not Verb.PROPOSE else set()
        gone |= {"decision"} if verb not in (Verb.AGREE, Verb.CLOSE, Verb.REVIEW) else set()
        gone |= set() if promises else {"pays"}
        for name in gone:
            self.fields.pop(name, None)

    def said(self, side: Side) -> Said:
        """What was typed, for a side."""
        given = self.cleaned_data
        return Said(
            side, given["words"], given.get("evidence", ""), given.get("whom", ""),
            given.get("due_on"), given.get("review_on"), given.get("paid_by", ""),
            tuple(given.get("pays", ())), given.get("level"), given.get("decision", ""),
        )  # fmt: skip
