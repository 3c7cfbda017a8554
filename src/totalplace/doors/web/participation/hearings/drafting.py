"""A form for each section of a draft: what it asks, from what is saved, and as it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from django import forms

from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.web.forms import Day
from totalplace.money.pence import pounds
from totalplace.participation.definitions.hearings import characteristics, lengths
from totalplace.participation.queries import HearingRow

_ROWS: Final = 3  # as many alternatives and effects as stand on a page; lines are saved as filled


class Later(forms.CharField):
    """Words that are needed before a hearing opens; a draft is saved without them all the same."""

    def validate(self, value: Any) -> None:
        """Whatever is there yet."""


class LaterDay(Day):
    """A day that is needed before a hearing opens; a draft is saved without it all the same."""

    def clean(self, value: Any) -> Any:
        """The date, or None where nothing is there yet."""
        said = any(str(part or "").strip() for part in value or [])
        return super().clean(value) if said else None


def words(label: str, hint: str = "", *, rows: int = 4, needed: bool = True) -> forms.CharField:
    """Several lines of words; needed before it opens, unless it is said not to be."""
    return (Later if needed else forms.CharField)(
        label=label, help_text=hint, required=needed, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def line(label: str, hint: str = "", *, needed: bool = True) -> forms.CharField:
    """One line of words, as `words`."""
    kind = Later if needed else forms.CharField
    return kind(label=label, help_text=hint, required=needed, max_length=300)


class SectionForm(forms.Form):
    """A section of a draft, saved as it stands."""

    title: ClassVar[str]
    lead: ClassVar[str] = ""

    def __init__(self, typed: Any, row: HearingRow) -> None:
        super().__init__(typed)
        self.row = row
        self.begin()

    def begin(self) -> None:
        """Fill in what is saved."""

    def said(self) -> Mapping[str, Any]:
        """What was typed, as the action takes it."""
        return dict(self.cleaned_data)

    def fill(self, section: object, *names: str) -> None:
        """Fill fields with what stands under their names."""
        for name in names:
            self.fields[name].initial = getattr(section, name)


class QuestionForm(SectionForm):
    """What is asked, and what can still be changed."""

    title = "What is asked"
    lead = "People can only be heard on what is not decided."
    title_ = line("Title", "In a few words that a resident would use.")
    question = words("What do you ask?", rows=3)
    undecided = words("What is not decided yet, and can still be changed?")
    decided = words("What is settled already?", "By law or by an earlier decision. Or: nothing.")
    is_decided = forms.BooleanField(label="The proposal itself is decided already", required=False)

    def begin(self) -> None:
        """What is saved."""
        said = self.row.draft.question
        self.fill(said, "question", "undecided", "decided", "is_decided")
        self.fields["title_"].initial = said.title

    def said(self) -> Mapping[str, Any]:
        """The title goes under its own name."""
        said = dict(self.cleaned_data)
        return {"title": said.pop("title_"), **said}


class AlternativesForm(SectionForm):
    """What else could be done."""

    title = "Alternatives"
    lead = "People must be able to see what else could be done, and why you prefer your course."

    def begin(self) -> None:
        """A pair of fields for each alternative."""
        known = self.row.draft.alternatives.others
        for n in range(max(_ROWS, len(known) + 1)):
            one = known[n] if n < len(known) else None
            self.fields[f"option_{n}"] = line(f"Alternative {n + 1}", needed=not n)
            self.fields[f"why_not_{n}"] = words(
                f"Why not alternative {n + 1}?", rows=2, needed=not n
            )
            self.fields[f"option_{n}"].initial = one.option if one else ""
            self.fields[f"why_not_{n}"].initial = one.why_not if one else ""
        self.fields["preferred"] = words("Why do you prefer the course that you propose?")
        self.fields["preferred"].initial = self.row.draft.alternatives.preferred

    def said(self) -> Mapping[str, Any]:
        """Only the lines that were filled."""
        said = self.cleaned_data
        pairs = [(said[f"option_{n}"], said[f"why_not_{n}"]) for n in range((len(said) - 1) // 2)]
        others = [{"option": a, "why_not": b} for a, b in pairs if a.strip() or b.strip()]
        return {"others": others, "preferred": said["preferred"]}


class ReasonsForm(SectionForm):
    """Why, and what it would do to whom."""

    title = "Reasons and effects"
    lead = "Say what would change, for whom, and in pounds a year where that is known."

    def begin(self) -> None:
        """The reasons, and three fields for each effect."""
        self.fields["reasons"] = words("Why is it proposed?", rows=6)
        self.fields["reasons"].initial = self.row.draft.reasons.reasons
        known = self.row.draft.reasons.effects
        for n in range(max(_ROWS, len(known) + 1)):
            one = known[n] if n < len(known) else None
            self.fields[f"whom_{n}"] = line(f"Effect {n + 1}: on whom?", needed=not n)
            self.fields[f"outcome_{n}"] = words(
                f"Effect {n + 1}: what changes for them?", rows=2, needed=not n
            )
            hint = "Spent, or with a minus saved. Leave empty where it is not known."
            self.fields[f"pounds_{n}"] = line(f"Effect {n + 1}: pounds a year", hint, needed=False)
            if one is not None:
                self.fields[f"whom_{n}"].initial = one.on_whom
                self.fields[f"outcome_{n}"].initial = one.outcome
                self.fields[f"pounds_{n}"].initial = typed_pounds(one.pence)

    def said(self) -> Mapping[str, Any]:
        """Only the effects that were filled. Raises Refused for what is no sum of money."""
        said = self.cleaned_data
        effects = []
        for n in range((len(said) - 1) // 3):
            whom, outcome = said[f"whom_{n}"].strip(), said[f"outcome_{n}"].strip()
            pence = signed_pence(said[f"pounds_{n}"])
            if whom or outcome or pence is not None:
                effects.append({"on_whom": whom, "outcome": outcome, "pence": pence})
        return {"reasons": said["reasons"], "effects": effects}


class EqualityForm(SectionForm):
    """The effect by each protected characteristic."""

    title = "Effects on equality"
    lead = (
        "For each of these, say who would gain or lose, or “none, because …”. "
        "The Equality Act 2010, section 149, asks you to look before you decide."
    )

    def begin(self) -> None:
        """A field for each characteristic."""
        for code, name in characteristics().items():
            self.fields[code] = words(f"{name[:1].upper()}{name[1:]}", rows=2)
            self.fields[code].initial = self.row.draft.equality.effects.get(code, "")

    def said(self) -> Mapping[str, Any]:
        """Each under its code."""
        return {"effects": {code: text for code, text in self.cleaned_data.items() if text.strip()}}


class WhoForm(SectionForm):
    """Who is asked besides those who are asked by right."""

    title = "Who is asked"
    lead = (
        "Every agency with money or a target in the proposal is asked by right when it opens. "
        "So are the partnership and the public."
    )
    asks_public = forms.BooleanField(
        label="Ask the public", required=False,
        help_text="Nothing can be adopted by a hearing in which the public was not asked.",
    )  # fmt: skip
    why_not_public = words("If not, why?", rows=2, needed=False)
    asks_partnership = forms.BooleanField(label="Ask the partnership", required=False)
    why_not_partnership = words(
        "If it is not asked, why?", "For example: there is none.", rows=2, needed=False
    )
    others = words(
        "Who else is asked?", "One name on each line; an agency by its code.", needed=False
    )

    def begin(self) -> None:
        """What is saved."""
        said = self.row.draft.who
        self.fill(said, "asks_public", "why_not_public", "asks_partnership", "why_not_partnership")
        self.fields["others"].initial = "\n".join(one.agency or one.name for one in said.others)

    def said(self) -> Mapping[str, Any]:
        """A line that is the code of an agency is that agency."""
        from totalplace.places import queries as places

        named = {one.code: one.name for one in places.agencies()}
        lines = [text.strip() for text in self.cleaned_data["others"].splitlines() if text.strip()]
        others = [
            {"name": named.get(text, text), "agency": text if text in named else ""}
            for text in dict.fromkeys(lines)
        ]
        return {**self.cleaned_data, "others": others}


class WhenForm(SectionForm):
    """From which day to which."""

    title = "How long it is open"
    first_day = LaterDay(label="First day", help_text="Such as 27 3 2027.")
    last_day = LaterDay(label="Last day")
    why_shorter = words(
        "If it is shorter than twelve weeks, why is that enough?", rows=3, needed=False
    )
    urgent = forms.BooleanField(label="It is urgent, for that reason", required=False)

    def begin(self) -> None:
        """What is saved, and how long is usual."""
        self.fill(self.row.draft.when, "first_day", "last_day", "why_shorter", "urgent")
        said = lengths()
        self.fields["last_day"].help_text = (
            f"Twelve weeks ({said.usual_days} days) are usual; no law fixes a time. Fewer need a "
            f"reason, fewer than {said.floor_days} an urgent one."
        )

    def said(self) -> Mapping[str, Any]:
        """Days as they are kept."""
        days = {
            key: self.cleaned_data[key].isoformat() if self.cleaned_data[key] else None
            for key in ("first_day", "last_day")
        }
        return {**self.cleaned_data, **days}


FORMS: Final[Mapping[str, type[SectionForm]]] = {
    "question": QuestionForm,
    "alternatives": AlternativesForm,
    "reasons": ReasonsForm,
    "equality": EqualityForm,
    "who": WhoForm,
    "when": WhenForm,
}


def signed_pence(typed: str) -> int | None:
    """Pounds as they are typed, with a minus for what is saved; nothing: not known."""
    text = typed.strip().replace("−", "-")
    if text.startswith("-"):
        pence = said_pence(text[1:])
        return None if pence is None else -pence
    return said_pence(text)


def typed_pounds(pence: int | None) -> str:
    """A sum as it is typed."""
    return "" if pence is None else pounds(pence).replace("£", "").removesuffix(".00")
