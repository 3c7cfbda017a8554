"""What an offer says: lines, entitlements, promises, rules to be lifted; and its canonical text.

The text is what is signed and kept, and the terms are read from it, so there is one truth. It is
JSON with its keys in order, so that one offer has one text and one digest; an unknown key is
refused, and so is a text that would be written otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar

from totalplace.agreements.rules import lines as funding
from totalplace.agreements.rules.devolution import (
    Addition,
    Model,
    SetBy,
    Side,
    refuse_addition,
    refuse_designations,
)
from totalplace.agreements.rules.lines import Line, Where
from totalplace.agreements.rules.promises import Promise
from totalplace.count.rules.whole_place.read_back import read_back
from totalplace.ledger.rules.accounts import Nature
from totalplace.refusal import Refused

LONGEST: Final = 2_000_000  # letters of a text: thousands of lines
MOST: Final = 500  # promises, entitlements or rules of one offer
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Entitled:
    """A national guarantee attached to an offer, as it stood; a cost of None is not known."""

    code: str
    version: int
    title: str
    agency: str = ""  # whose it is
    pence: int | None = None  # in the place, a year
    low_pence: int | None = None
    high_pence: int | None = None
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lift:
    """A rule that is asked to be lifted: what it blocks, who can lift it, what it costs a year."""

    code: str
    rule: str
    by: str  # who can lift it
    why: str
    pence: int | None = None  # what it costs while it stands, a year; None: not known


@dataclass(frozen=True, slots=True)
class Wished:
    """A target that a side asks the other to have. Under the mission's model the centre may not."""

    indicator: str
    words: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What an offer says. Nothing in it is secret from the other side."""

    lines: tuple[Line, ...] = ()
    entitlements: tuple[Entitled, ...] = ()
    promises: tuple[Promise, ...] = ()
    lifts: tuple[Lift, ...] = ()
    targets: tuple[Wished, ...] = ()


@dataclass(frozen=True, slots=True)
class Saving:
    """A saving that a side expects. It stands in a draft alone: no offer has a place for one."""

    what: str
    agency: str
    pence: int | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """What a side works on, and shows nobody else: terms, what it expects to save, notes."""

    terms: Terms = Terms()
    savings: tuple[Saving, ...] = ()
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a negotiation is about, as both sides know it: from its text everything else follows."""

    place: str
    host: str  # the accountable agency of the place
    model: str
    title: str
    first_year: int
    last_year: int
    departments: tuple[str, ...]
    edition: str = ""  # of the count, as place/year/number
    opened: str = ""  # the day, so that two of one place in the same words are told apart


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a negotiation, as its text says it: an offer, an acceptance, or an end."""

    negotiation: str  # the digest of its opening
    turn: int
    verb: str
    side: Side
    previous: str  # the digest of the step before, or of the opening
    on: str  # the day in England
    reason: str
    number: int = 0  # of an offer, or of the offer that is accepted
    answer_by: str = ""  # the day by which an answer to an offer is asked for
    terms: Terms | None = None


def text_of(what: object) -> str:
    """The one text of an opening, a step or a draft."""
    said = asdict(what)  # type: ignore[call-overload]
    return json.dumps(said, sort_keys=True, ensure_ascii=False, indent=1, default=_plain) + "\n"


def digest_of(text: str) -> str:
    """By which a text is known: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(kind: type[Kind], text: str) -> Kind:
    """What a text says. Raises Refused where it is none, says more, or is written otherwise."""
    check_text(text)
    try:
        found = read_back(kind, json.loads(text, object_pairs_hook=_once))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _no_text(f"it says something that no offer says ({error})") from error
    if text_of(found) != text:
        raise _no_text("it is not written as the program writes it")
    return found


def check_text(text: str) -> None:
    """Raise Refused for a text that is too long, or holds a character that cannot be kept."""
    if len(text) > LONGEST:
        raise _no_text(f"it has more than {LONGEST:,} letters")
    if "\\u0000" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise _no_text("it holds a character that is none")


def check_terms(terms: Terms, *, side: Side, model: Model, years: tuple[int, int]) -> None:
    """Raise Refused for terms that a side may not offer, or that cannot stand."""
    if not terms.lines:
        raise Refused(
            "There is nothing to offer",
            why="no funding line is in it",
            next_step="Add a line, or take the lines from a workbook",
        )
    funding.check(terms.lines, first=years[0], last=years[1])
    _check_targets(terms, side, model)
    for which, rows in (
        ("promises", terms.promises), ("guarantees", terms.entitlements), ("rules", terms.lifts),
    ):  # fmt: skip
        if len(rows) > MOST:
            raise _cannot(f"there are more than {MOST} {which}", "Put some of them together")
    for one in terms.promises:
        if not (one.what.strip() and one.by and one.to):
            raise _cannot(f"promise {one.number} does not say who owes whom what", "Say all three")
    if [one.number for one in terms.promises] != list(range(1, len(terms.promises) + 1)):
        raise _cannot("its promises are not numbered from 1", "Number them in their order")
    _check_once([f"{one.code}" for one in terms.entitlements], "guarantee")
    _check_once([one.code for one in terms.lifts], "rule")


def check_additions(
    before: Terms, after: Terms, *, side: Side, model: Model, departments: Iterable[str]
) -> None:
    """Raise Refused where a side adds to the other's offer what the model does not let it add.

    The place may ask a department for a promise; what the place owes is for the place to offer, or
    targets would come in by another door.
    """
    had = {one.code for one in before.entitlements}
    if any(one.code not in had for one in after.entitlements):
        refuse_addition(model, side, Addition.ENTITLEMENT)
    if {line.code for line in after.lines} - {line.code for line in before.lines}:
        refuse_addition(model, side, Addition.LINE)
    promised = {(one.by, one.to, one.what) for one in before.promises}
    added = [one for one in after.promises if (one.by, one.to, one.what) not in promised]
    if added:
        refuse_addition(model, side, Addition.PROMISE)
    theirs = [one for one in added if side is Side.CENTRE and one.by not in frozenset(departments)]
    if theirs:
        raise _cannot(
            f"'{theirs[0].what}' would be owed by {theirs[0].by}, and what the place owes is for "
            "the place to offer",
            "Leave it out, or promise something of the centre's own",
        )
    conditions = {(line.code, c.kind, c.text) for line in before.lines for c in line.conditions}
    if any(
        (ln.code, c.kind, c.text) not in conditions for ln in after.lines for c in ln.conditions
    ):
        refuse_addition(model, side, Addition.CONDITION)


def centre_may_set_targets(model: Model) -> bool:
    """Whether an offer of the centre may hold targets at all; the database holds to it too."""
    return Addition.TARGET in model.may_add[Side.CENTRE]


def check_agreed(*, agreed: bool) -> None:
    """Raise Refused where a side says that it does not agree: then nothing is to be kept."""
    if not agreed:
        raise Refused(
            "Nothing is published",
            why="it is said that the side does not agree",
            next_step="Ask for it once the side agrees",
        )


def warnings(terms: Terms, model: Model) -> list[str]:
    """What is lawful and yet to be thought about, in sentences."""
    found = []
    most, number = model.most_entitlements, len(terms.entitlements)
    if most is not None and number > most:
        found.append(
            f"It has {number} national guarantees, and under the model '{model.title}' "
            f"there are to be few: at most {most}."
        )
    unstated = funding.totals(terms.lines).not_stated
    if unstated:
        found.append(
            f"{unstated} {'sum is' if unstated == 1 else 'sums are'} not stated: the totals are of "
            "what is stated, and say less than the whole."
        )
    return found


def numbered(terms: Terms) -> Terms:
    """The same terms with their promises numbered from 1, in their order."""
    promises = tuple(replace(one, number=n) for n, one in enumerate(terms.promises, start=1))
    return replace(terms, promises=promises)


def in_set(terms: Terms, where: Where, nature: Nature | None = None) -> int | None:
    """Pence that the lines of a set state; None where none states any."""
    known = [line.stated(nature) for line in terms.lines if line.where is where]
    stated = [pence for pence in known if pence is not None]
    return sum(stated) if stated else None


def _check_targets(terms: Terms, side: Side, model: Model) -> None:
    if terms.targets:
        refuse_addition(model, side, Addition.TARGET)
        if side is Side.CENTRE and model.targets.set_by is not SetBy.PLACE:
            refuse_designations(model, len(terms.targets))


def _check_once(codes: list[str], noun: str) -> None:
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        raise _cannot(f"the {noun} '{repeated[0]}' stands twice", "Leave one of them out")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be written")


def _cannot(why: str, next_step: str) -> Refused:
    return Refused("This cannot be offered", why=why, next_step=next_step)


def _no_text(why: str) -> Refused:
    return Refused(
        "This text cannot be read as one of a negotiation",
        why=why,
        next_step="Ask the other side to export it again",
    )
