"""What a hearing must say before it opens: the four rules of lawful consultation, as a form.

R v Brent LBC ex p Gunning (1985) 84 LGR 168, endorsed in R (Moseley) v Haringey LBC [2014] UKSC 56:
a formative stage, sufficient reasons, adequate time, conscientious consideration. Moseley asks that
realistic alternatives be said, too. Equality Act 2010, section 149: due regard, by each protected
characteristic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Final

from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what is settled already and what is not."""

    title: str = ""
    question: str = ""
    undecided: str = ""  # what those who are heard can still change
    decided: str = ""  # what is settled, by law or by an earlier decision
    is_decided: bool = False  # the proposal itself: then there is nothing to be heard about


@dataclass(frozen=True, slots=True)
class Alternative:
    """A realistic alternative and why it is not preferred."""

    option: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What else could be done, and why the preferred course is preferred."""

    others: tuple[Alternative, ...] = ()
    preferred: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect of the proposal: on whom, in an outcome, and in pence where it is known."""

    on_whom: str
    outcome: str
    pence: int | None = None  # spent (above nought) or saved (below) a year; None: not known


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why it is proposed, and what it would do to whom."""

    reasons: str = ""
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Equality:
    """The effect on people with each protected characteristic, or "none, because"."""

    effects: Mapping[str, str] = field(default_factory=dict)  # code of a characteristic: words


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody asked besides those who must be: an agency by its code, or others by their name."""

    name: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who is asked: the public and the partnership, unless it is said why not; and others."""

    asks_public: bool = True
    why_not_public: str = ""
    asks_partnership: bool = True
    why_not_partnership: str = ""
    others: tuple[Invited, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """From which day to which, both in full; why, where it is shorter than is usual."""

    first_day: date | None = None
    last_day: date | None = None
    why_shorter: str = ""
    urgent: bool = False  # shorter than the floor, for the reason given

    @property
    def days(self) -> int:
        """How many days it is open, the first and the last counted; none where one is not said."""
        if self.first_day is None or self.last_day is None:
            return 0
        return max((self.last_day - self.first_day).days + 1, 0)


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a hearing says before it opens, but its papers."""

    question: Question = field(default_factory=Question)
    alternatives: Alternatives = field(default_factory=Alternatives)
    reasons: Reasons = field(default_factory=Reasons)
    equality: Equality = field(default_factory=Equality)
    who: Who = field(default_factory=Who)
    when: When = field(default_factory=When)


Section = Question | Alternatives | Reasons | Equality | Who | When
SECTIONS: Final[Mapping[str, type[Section]]] = {
    "question": Question,
    "alternatives": Alternatives,
    "reasons": Reasons,
    "equality": Equality,
    "who": Who,
    "when": When,
}
_LISTS: Final[Mapping[str, type[Any]]] = {
    "others": Alternative,
    "effects": Effect,
}


def section_of(draft: Draft, name: str) -> Section:
    """The section of a name. Raises Refused where there is none."""
    check_name(name)
    found: Section = getattr(draft, name)
    return found


def check_name(name: str) -> None:
    """Raise Refused for a section that a hearing does not have."""
    if name not in SECTIONS:
        raise Refused(
            f"A hearing has no section '{name}'",
            why=f"its sections are {', '.join(SECTIONS)}",
            next_step="Choose one of them",
        )


def as_said(section: Section) -> dict[str, Any]:
    """A section as it is kept: plain words, numbers and lists, days as 2027-03-01."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in asdict(section).items()
    }


def read(name: str, said: Mapping[str, Any]) -> Section:
    """A section from what is kept. Raises Refused for a key that it does not have."""
    check_name(name)
    kind = SECTIONS[name]
    odd = set(said) - {one.name for one in fields(kind)}
    if odd:
        raise Refused(
            f"The section '{name}' cannot be kept",
            why=f"it has no {', '.join(sorted(odd))}",
            next_step=f"It has {', '.join(one.name for one in fields(kind))}",
        )
    return kind(**{key: _value(kind, key, value) for key, value in said.items()})


def _value(kind: type[Section], key: str, value: Any) -> Any:
    if kind is Who and key == "others":
        return tuple(one if isinstance(one, Invited) else Invited(**one) for one in value)
    if kind is not Equality and key in _LISTS:
        return tuple(one if not isinstance(one, Mapping) else _LISTS[key](**one) for one in value)
    if kind is When and isinstance(value, str) and key.endswith("_day"):
        return date.fromisoformat(value)
    return value


def missing(draft: Draft, *, characteristics: Mapping[str, str]) -> Iterator[str]:
    """What a hearing does not say yet and must before it opens, each in words."""
    yield from _missing_question(draft.question)
    yield from _missing_reasons(draft.alternatives, draft.reasons)
    without = [
        words
        for code, words in characteristics.items()
        if not str(draft.equality.effects.get(code, "")).strip()
    ]
    if without:
        yield f"the effect by {', '.join(without)} (or 'none, because')"
    if not draft.who.asks_public and not draft.who.why_not_public.strip():
        yield "why the public is not asked"
    if not draft.who.asks_partnership and not draft.who.why_not_partnership.strip():
        yield "why the partnership is not asked"
    if draft.when.first_day is None or draft.when.last_day is None:
        yield "the first and the last day"


def _missing_question(said: Question) -> Iterator[str]:
    if not said.title.strip() or not said.question.strip():
        yield "a title and the question that is asked"
    if not said.undecided.strip():
        yield "what is not decided yet, which those who are heard can still change"
    if not said.decided.strip():
        yield "what is settled already (say 'nothing' where nothing is)"


def _missing_reasons(other: Alternatives, why: Reasons) -> Iterator[str]:
    whole = all(one.option.strip() and one.why_not.strip() for one in other.others)
    if not other.others or not whole:
        yield "a realistic alternative, and why it is not preferred"
    if not other.preferred.strip():
        yield "why the preferred course is preferred"
    if not why.reasons.strip():
        yield "the reasons"
    whole = all(one.on_whom.strip() and one.outcome.strip() for one in why.effects)
    if not why.effects or not whole:
        yield "an effect: on whom, and what changes for them"


def check_can_open(
    draft: Draft, *, papers: int, decided: str, characteristics: Mapping[str, str]
) -> None:
    """Raise Refused where a hearing cannot open: something is missing, or it is decided already.

    `decided` names a decision that was taken about the same thing; empty where none was.
    """
    what = "The hearing cannot be opened"
    if draft.question.is_decided or decided:
        raise Refused(
            what,
            why=f"it is decided already{f' ({decided})' if decided else ''}, and people are heard "
            "while a proposal is still at a formative stage",
            next_step="Hear people on a proposal that is not decided, before anybody decides it",
        )
    lacks = list(missing(draft, characteristics=characteristics))
    if not papers:
        lacks.append("a paper, from which people can see what is proposed and why")
    if lacks:
        raise Refused(
            what,
            why=f"it does not say {'; '.join(lacks)}",
            next_step="Fill in each of them, then open it",
        )
