"""Recognise payees that are public bodies, from their name as it was published.

A payment to a public body is counted by that body too, once both are counted; so the payer's
pound must be found again in the payee's books. What counts as a public body, and what does not, is
in docs/explanation/public-bodies.md; the ONS classification of the public sector is the reference.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from totalplace.places.rules import recognised_forms as forms
from totalplace.places.rules import recognised_services as services
from totalplace.places.rules.recognised_councils import by_initials, council
from totalplace.places.rules.recognised_index import Names
from totalplace.places.rules.recognised_kinds import (
    Body,
    BodyKind,
    Phrase,
    Recognised,
    RegisterName,
)

__all__ = ["BodyKind", "Names", "Recognised", "RegisterName", "recognise"]

_HEADS: Final = frozenset(["department", "hm", "ministry"])
# With these a name is likelier to be of a school or university than of a body cut short.
_TAUGHT: Final = frozenset(["academy", "college", "school", "university"])
_SHORT: Final = 2  # words: a name of two, such as home office, may lead a company's
_CUT_SHORT: Final = 3  # words that must be left of a name cut short, unless a word is cut


def recognise(payee: str, names: Names) -> Recognised | None:
    """Which public body a payee is, or what it is that only looks like one; None for all others.

    Case, spacing, punctuation and supplier numbers do not count.
    """
    tokens = names.wording.tokens(payee)
    if not tokens or (names.speaking.isdisjoint(tokens) and tokens[0] not in names.leading):
        return None
    lean = names.wording.lean(tokens)
    if not lean:
        return None
    for rule in _RULES:
        if found := rule(tokens, lean, names):
            return found
    return None


def _told_apart(_: Phrase, lean: Phrase, names: Names) -> Recognised | None:
    """What looks public and is known not to be, wherever it stands in the name."""
    if alone := names.apart.only(lean, names.words.harmless):
        return alone.recognised()
    for at, token in enumerate(lean):
        found = names.apart.leading(lean[at:]) if token in names.apart.firsts else None
        if found and (at == 0 or found[0].kind is BodyKind.NOT_PUBLIC):
            return found[0].recognised()
    return None


def _named(_: Phrase, lean: Phrase, names: Names) -> Recognised | None:
    """A body whose name is in the list: at the start, or anywhere for those that go second."""
    cut = _cut_short(lean, names)
    if found := names.phrases.leading(lean):
        body, size = found
        if cut and size < len(lean):
            return cut
        if told := _with_rest(body, lean[:size], lean[size:], names):
            return told
    if only := names.phrases.only(lean, names.words.harmless):
        return only.recognised()
    for at in range(1, len(lean)):
        if lean[at] in names.anywhere_firsts:
            found = names.phrases.leading(lean[at:])
            clear = found and lean[at : at + found[1]] in names.anywhere
            if found and clear and names.words.others.isdisjoint(lean[:at] + lean[at + found[1] :]):
                return found[0].recognised()
    return cut


def _cut_short(lean: Phrase, names: Names) -> Recognised | None:
    """A body whose listed name goes on where the payee's ends: "Department for Culture, Media"."""
    body = names.phrases.cut_short(lean)
    if body is None or not _TAUGHT.isdisjoint(lean):
        return None
    if len(lean) < _CUT_SHORT and lean[-1] in names.whole_words:
        return None
    return body.recognised(sure=False, why=f"{body.why}, cut short")


def _with_rest(body: Body, own: Phrase, rest: Phrase, names: Names) -> Recognised | None:
    """What a listed name means with these words behind it."""
    words = names.words
    if not words.companies.isdisjoint(rest) or rest[:1] == ("trading",):
        if not rest or not (words.companies | words.owned).issuperset(rest):
            return None
        why = f"a company that bears the name of {body.name}"
        return Recognised(BodyKind.OWNED_COMPANY, body.name, "", public=False, why=why, sure=False)
    if own in names.anywhere and own[0].startswith("hm"):
        return body.recognised()
    against = words.clubs if len(own) != _SHORT or own[0] in _HEADS else words.others
    if not against.isdisjoint(rest) or (len(own) == 1 and not _TAUGHT.isdisjoint(rest)):
        return None
    return body.recognised()


def _department(_: Phrase, lean: Phrase, names: Names) -> Recognised | None:
    return forms.department(lean, names)


def _by_initials(_: Phrase, lean: Phrase, names: Names) -> Recognised | None:
    return by_initials(lean, names)


def _by_words(
    rule: Callable[[Phrase, Names], Recognised | None],
) -> Callable[[Phrase, Phrase, Names], Recognised | None]:
    """A rule that looks at all words, as one that is given the lean words too."""
    return lambda tokens, _, names: rule(tokens, names)


# In this order: what is told apart goes first, and a school only where no public body is named.
_RULES: Final[tuple[Callable[[Phrase, Phrase, Names], Recognised | None], ...]] = (
    _told_apart,
    _named,
    _by_words(forms.address),
    _by_words(services.nhs),
    _by_words(services.police),
    _by_words(services.fire),
    _by_words(forms.combined),
    _by_words(council),
    _by_words(forms.local),
    _department,
    _by_words(forms.education),
    _by_initials,
)
