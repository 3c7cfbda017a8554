"""Councils, as payees are named: "LB of Camden", "Sefton M B C", "Lancashire CC - County Hall".

A council's full name is met with what is written before and behind it: a department of a council
is that council. A club or a company that bears the name is not.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from totalplace.places.rules.recognised_index import Names
from totalplace.places.rules.recognised_kinds import (
    BodyKind,
    PayeeWords,
    Phrase,
    Recognised,
)
from totalplace.places.rules.recognised_names import TYPES, council_area

# Letters that stand for "... council", and the types of council that they can be of.
_LETTERS: Final = {
    "bc": ("borough",),
    "cbc": ("county", "borough"),
    "cc": ("county", "city"),
    "dc": ("district",),
    "lbc": ("london", "borough"),
    "mbc": ("metropolitan", "borough"),
    "mc": ("metropolitan",),
    "mdc": ("metropolitan", "district"),
}
_INITIALS: Final = {"b": "borough", "c": "county", "d": "district", "mb": "metropolitan"}
_INITIALS_FORM: Final = re.compile(r"[a-z](cc|mbc)")
_MEETINGS: Final = frozenset([("parish", "meeting"), ("charter", "trustees")])
_PARISH: Final = frozenset(["community", "parish", "town", "village"])
_NO_AREA: Final = frozenset(
    ["church", "for", "joint", "parochial", "rural", "school", "student", "youth"]
)
_CITY_REST: Final = frozenset(["corporation", "council", "mbc", "mdc", "metropolitan", "district"])
_OF_THE_CITY: Final = frozenset(
    {"academy", "brewery", "college", "festival", "guide", "hospital", "market"}
    | {"police", "school", "schools", "sinfonia", "university"}
)
_LONGEST_AREA: Final = 6  # words of a parish or of a council that is not in the index


def council(tokens: Phrase, known: Names) -> Recognised | None:
    """The council that a payee is, if it is one: principal, parish, town or community."""
    if "lb" in tokens or "borough" in tokens or "rb" in tokens:
        found = _london(tokens, known)
        if found:
            return found
    for at, word in enumerate(tokens):
        if word == "council" or (at and at + 1 == len(tokens) and _cut_council(tokens, at)):
            return _before_council(tokens, at, known) or _behind_council(tokens, at, known)
        if word == "councils":
            return _several(tokens, at, known)
        if word in _LETTERS and at:
            return _by_letters(tokens, at, known)
    if tokens[-2:] in _MEETINGS and len(tokens) > 2:
        return _parish(tokens, "")
    if tokens[0] == "cyngor":
        return _cyngor(tokens, known)
    return _city_of(tokens, known) or _without_council(tokens, known) or _electoral(tokens, known)


def owned_or_none(found: Recognised, rest: Phrase, words: PayeeWords) -> Recognised | None:
    """What a body's name means with these words behind it: itself, a company of its own, or none.

    Companies that bear a council's name are taken to be its own: "Wexshire County Council Ltd".
    """
    if not words.companies.isdisjoint(rest):
        why = f"a company that bears the name of {found.name}"
        return Recognised(BodyKind.OWNED_COMPANY, found.name, "", public=False, why=why, sure=False)
    return None if not words.clubs.isdisjoint(rest) else found


def _before_council(tokens: Phrase, at: int, known: Names) -> Recognised | None:
    """What stands before the word council: an area, and types of council."""
    left = _without_noise(tokens[:at], known.words)
    behind = tokens[at + 1 :]
    if left and left[-1] in _INITIALS:
        left = (*left[:-1], _INITIALS[left[-1]])
    if not left or not _NO_AREA.isdisjoint(left):
        return None
    if left[-1] in _PARISH and len(left) > 1:
        return owned_or_none(_parish(left), behind, known.words)
    area, types = council_area(left)
    if not types and behind[:1] in {("of",), ("for",)}:
        return None
    if "city" in types and " ".join(area) in known.parish_cities:
        return owned_or_none(_parish(left), behind, known.words)
    found = _of_area(area, types, known)
    if found is None and types:
        found = _unknown(left, area, known.words)
    return owned_or_none(found, behind, known.words) if found else None


def _of_area(area: Phrase, types: frozenset[str], known: Names) -> Recognised | None:
    """The council of an area; also where more words stand before it, or a letter is wrong."""
    councils = known.councils
    if one := councils.of(area, types):
        return one.body.recognised()
    if types:
        for at in range(1, len(area)):
            one = councils.of(area[at:], types)
            if one and known.words.clubs.isdisjoint(area[:at]):
                return one.body.recognised(sure=False)
    if not types and (short := councils.cut_short(area)):
        return short.recognised(sure=False, why=f"{short.why}, cut short")
    if near := councils.nearest(area):
        why = f"{near.why}, with one letter wrong"
        return near.recognised(sure=False, why=why)
    return None


def _behind_council(tokens: Phrase, at: int, known: Names) -> Recognised | None:
    """What stands behind the word council: "Borough Council of King's Lynn and West Norfolk"."""
    if tokens[at + 1 : at + 2] != ("of",):
        return None
    area, types = council_area(tokens[at + 2 :])
    if not TYPES.issuperset(tokens[:at]) and tokens[:at] != ("the",):
        return None
    found = known.councils.leading(area)
    if not found or (not types and not tokens[:at] and found[1] < len(area)):
        return None
    return owned_or_none(found[0].recognised(), area[found[1] :], known.words)


def by_initials(lean: Phrase, known: Names) -> Recognised | None:
    """A council by its initials, "LCC Pensions": one around the payer, else one that is not known.

    Without its surroundings a name is taken for a council's only with one of its offices.
    """
    letters, rest = lean[0], lean[1:]
    words = known.words
    if not (words.offices | words.harmless).issuperset(rest):
        return None
    if body := known.initials.get(letters):
        return body.recognised(sure=False, why=f"the initials of {body.name}")
    if not rest or not _INITIALS_FORM.fullmatch(letters) or words.offices.isdisjoint(rest):
        return None
    why = "initials that councils bear, and an office of a council; which council is not known"
    return Recognised(BodyKind.COUNCIL, letters.upper(), letters, public=True, why=why, sure=False)


def _several(tokens: Phrase, at: int, known: Names) -> Recognised | None:
    """Councils that work as one: "Adur & Worthing Councils" is met by the first of them."""
    area, _ = council_area(_without_noise(tokens[:at], known.words))
    found = known.councils.leading(area)
    if not found or area[found[1] : found[1] + 1] not in {(), ("and",)}:
        return None
    why = f"councils that share their officers, the first being {found[0].name}"
    return owned_or_none(found[0].recognised(sure=False, why=why), tokens[at + 1 :], known.words)


def _by_letters(tokens: Phrase, at: int, known: Names) -> Recognised | None:
    """A council by its letters: "Sefton MBC". CC is also a cricket club, so a county or a city."""
    types = _LETTERS[tokens[at]]
    area, written = council_area(_without_noise(tokens[:at], known.words))
    one = known.councils.of(area, types)
    if one is None and len(types) > 1 and tokens[at] != "cc":
        one = next(
            (c for i in range(1, len(area)) if (c := known.councils.of(area[i:], types))), None
        )
    if one is None or (tokens[at] == "cc" and one.types.isdisjoint(types) and not written):
        return None
    return owned_or_none(one.body.recognised(), tokens[at + 1 :], known.words)


def _london(tokens: Phrase, known: Names) -> Recognised | None:
    """A London or royal borough, whose area follows: "LB of Camden", "RB Kingston"."""
    start = next((i for i, t in enumerate(tokens) if t in {"lb", "rb"}), None)
    if start is None:
        pairs = pairwise(tokens)
        start = next(
            (
                i + 1
                for i, (a, b) in enumerate(pairs)
                if a in {"london", "royal"} and b == "borough"
            ),
            None,
        )
    if start is None:
        return None
    rest = tuple([token for token in tokens[start + 1 :] if token not in {"of", "the"}])
    boroughs = known.councils.london
    if found := boroughs.leading(rest):
        return owned_or_none(found[0].recognised(), rest[found[1] :], known.words)
    area = rest[:-1] if rest[-1:] == ("council",) else rest
    if body := boroughs.cut_short(area) or boroughs.nearest(area) or boroughs.nearest(area[:1]):
        return body.recognised(sure=False, why=f"{body.why}, cut short or misspelt")
    return None


def _city_of(tokens: Phrase, known: Names) -> Recognised | None:
    """A council that is called by its city or borough: "City of Sunderland"."""
    told = _without_noise(tokens, known.words)
    area, types = council_area(told)
    if not types or told[0] not in TYPES or "of" not in told[:5]:
        return None
    found = known.councils.leading(area)
    if not found:
        return None
    body, size = found
    rest = area[size:]
    if (_CITY_REST | known.words.harmless).issuperset(rest):
        return body.recognised()
    # Much else is called after a city. In London it is a department of the council more often.
    in_london = known.councils.london.find(area[:size]) is not None
    if not in_london or not (known.words.others | _OF_THE_CITY).isdisjoint(rest):
        return None
    return body.recognised(sure=False)


def _without_council(tokens: Phrase, known: Names) -> Recognised | None:
    """A council whose last word was left out: "Tameside Metropolitan Borough"."""
    told = _without_noise(tokens, known.words)
    area, types = council_area(told)
    if not area or told[0] in TYPES or not ("borough" in types or {"metropolitan"} < types):
        return None
    one = known.councils.of(area, types)
    if one is None or one.types.isdisjoint(types):
        return None
    return one.body.recognised(sure=False, why=f"{one.body.why}, without its last word")


def _cyngor(tokens: Phrase, known: Names) -> Recognised | None:
    """A council of Wales by its Welsh name: "Cyngor Sir Ddinbych", "Cyngor Gwynedd"."""
    area = tuple([t for t in tokens[1:] if t not in {"bwrdeistref", "dinas"}])
    found = known.councils.leading(area) or known.councils.leading(area[1:])
    return found[0].recognised() if found else None


def _electoral(tokens: Phrase, known: Names) -> Recognised | None:
    """A council by an office that only councils have: "Ealing Electoral Services"."""
    if tokens[-2:] not in {("electoral", "services"), ("electoral", "registration")}:
        return None
    one = known.councils.of(tokens[:-2])
    return (
        one.body.recognised(sure=False, why=f"{one.body.why}, and its elections") if one else None
    )


def _parish(left: Phrase, last: str = "council") -> Recognised:
    """A parish, town or community council: thousands, so told by its form and not by a list."""
    name = " ".join([*left, last]).strip()
    why = f"called a {' '.join([left[-1], last]) if last else ' '.join(left[-2:])}"
    return Recognised(
        BodyKind.PARISH, name.title(), name, public=True, why=why, sure=len(left) <= _LONGEST_AREA
    )


def _unknown(left: Phrase, area: Phrase, words: PayeeWords) -> Recognised | None:
    """A council that is not in the index: one that ended long ago, or is not British."""
    if not area or len(area) > _LONGEST_AREA or not words.others.isdisjoint(area):
        return None
    name = " ".join([*left, "council"])
    why = "called a county, city, borough or district council; not in the register"
    return Recognised(BodyKind.COUNCIL, name.title(), name, public=True, why=why, sure=False)


def _cut_council(tokens: Phrase, at: int) -> bool:
    """Whether a last word is what is left of "council", behind a word that calls for it."""
    return (
        tokens[at] != "council"
        and "council".startswith(tokens[at])
        and tokens[at - 1] in TYPES | _PARISH
        and at > 1
    )


def _without_noise(tokens: Phrase, words: PayeeWords) -> Phrase:
    at = 0
    while at < len(tokens) - 1 and tokens[at] in words.before:
        at += 1
    return tokens[at:]
