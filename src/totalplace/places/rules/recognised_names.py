"""An index of the names of public bodies: built once, asked of every payee."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from totalplace.places.rules.recognised_kinds import (
    Body,
    BodyKind,
    Phrase,
    PublicBodies,
    RegisterName,
)
from totalplace.places.rules.recognised_words import IDLE, Wording, one_letter_off, squashed

# Words that say what kind of council one is; they follow its name, or lead it before "of".
TYPES: Final = frozenset(
    [
        "borough",
        "city",
        "county",
        "district",
        "islands",
        "london",
        "metropolitan",
        "royal",
        "unitary",
    ]
)
_TRAILING: Final = (TYPES - {"london", "royal"}) | {"and", "council", "corporation"}
_LEADING: Final = TYPES | {"and", "council", "the"}
_GSS: Final = re.compile(r"[EWSNKJLM]\d{8}", re.ASCII)
_CUT_SHORT: Final = 4  # letters that must be left of a name that was cut short
_NEAR: Final = 7  # letters of an area from which one letter may be wrong


@dataclass(frozen=True, slots=True)
class Council:
    """A council by its area and by what kind it calls itself."""

    body: Body
    types: frozenset[str]
    ended: bool


class Areas:
    """Bodies by their area, whatever is written beside it: found whole, cut short or misspelt."""

    def __init__(self) -> None:
        self._found: dict[str, Body] = {}

    def add(self, area: Phrase, body: Body) -> None:
        """Let an area lead to a body; a later one of the same area takes its place."""
        if key := squashed(area):
            self._found[key] = body

    def find(self, area: Phrase) -> Body | None:
        """The body of an area as it stands."""
        return self._found.get(squashed(area))

    def nearest(self, area: Phrase) -> Body | None:
        """The body of an area with one letter wrong, where there is just one such."""
        key = squashed(area)
        if len(key) < _NEAR:
            return None
        near = {body.body: body for k, body in self._found.items() if one_letter_off(key, k)}
        return next(iter(near.values())) if len(near) == 1 else None

    def leading(self, tokens: Phrase) -> tuple[Body, int] | None:
        """The body whose area the words begin with, the longest first, and how many words it is."""
        for size in range(min(len(tokens), 7), 0, -1):
            if tokens[size - 1] not in IDLE and (body := self.find(tokens[:size])):
                return body, size
        return None

    def cut_short(self, tokens: Phrase) -> Body | None:
        """The one body whose area begins with these letters, where the name was cut short."""
        key = squashed(tokens)
        if len(key) < _CUT_SHORT:
            return None
        longer = {body.body: body for k, body in self._found.items() if k.startswith(key)}
        return next(iter(longer.values())) if len(longer) == 1 else None


class Councils(Areas):
    """Councils by area: several may share one, so the kind that is written decides."""

    def __init__(self) -> None:
        super().__init__()
        self.london = Areas()
        self._councils: dict[str, list[Council]] = {}
        self._by_code: dict[str, Body] = {}
        self._firsts: set[str] = set()

    @property
    def first_words(self) -> frozenset[str]:
        """The first word of every area: whether a name begins with a place."""
        return frozenset(self._firsts)

    def bodies(self) -> Iterator[Body]:
        """Every council."""
        yield from self._by_code.values()

    def body_of(self, code: str) -> Body | None:
        """The council of a code."""
        return self._by_code.get(code)

    def add_council(self, area: Phrase, council: Council) -> None:
        """Let an area lead to a council."""
        shared = self._councils.setdefault(squashed(area), [])
        code = council.body.body
        for one in [one for one in shared if one.body.body == code]:
            shared.remove(one)
            named = max(council, one, key=lambda c: (_says_council(c), len(c.body.name)))
            ended = one.ended or council.ended
            council = replace(named, types=one.types | council.types, ended=ended)
        shared.insert(0, council)
        shared.sort(key=lambda one: one.ended)
        self._by_code[code] = council.body
        self._firsts.add(area[0])
        self.add(area, shared[0].body)
        # Codes of London boroughs and of the City begin so (ONS Coding and Naming Policy).
        if council.types & {"london", "royal"} or council.body.body.startswith("gss:E09"):
            self.london.add(area, council.body)

    def of(self, area: Phrase, types: Iterable[str] = ()) -> Council | None:
        """The council of an area: the one of these types, else the one that has not ended."""
        shared = self._councils.get(squashed(area))
        if not shared:
            return None
        wanted = frozenset(types)
        return max(shared, key=lambda one: (len(one.types & wanted), not one.ended))


class Phrases:
    """Names word by word, as a tree: the longest name that a payee's words begin with."""

    def __init__(self) -> None:
        self._tree: dict[str, object] = {}
        self.firsts: set[str] = set()
        self._words: set[str] = set()

    @property
    def words(self) -> frozenset[str]:
        """Every word of every name."""
        return frozenset(self._words)

    def add(self, phrase: Phrase, body: Body) -> None:
        """Let a phrase lead to a body; the first to bear it keeps it."""
        if not phrase:
            return
        self.firsts.add(phrase[0])
        self._words.update(phrase)
        node = self._tree
        for token in phrase:
            node = node.setdefault(token, {})  # type: ignore[assignment]
        node.setdefault("", body)

    def leading(self, tokens: Phrase) -> tuple[Body, int] | None:
        """The longest name with which the words begin, and of how many words it is."""
        node, found = self._tree, None
        for at, token in enumerate(tokens):
            below = node.get(token)
            if not isinstance(below, dict):
                break
            node = below
            body = node.get("")
            if isinstance(body, Body) and (not body.alone or at + 1 == len(tokens)):
                found = body, at + 1
        return found

    def only(self, tokens: Phrase, harmless: frozenset[str]) -> Body | None:
        """The body of a name that counts alone, where what follows it says nothing."""
        node = self._tree
        for at, token in enumerate(tokens):
            below = node.get(token)
            if not isinstance(below, dict):
                break
            node = below
            body = node.get("")
            if isinstance(body, Body) and harmless.issuperset(tokens[at + 1 :]):
                return body
        return None

    def cut_short(self, tokens: Phrase) -> Body | None:
        """The one body whose name goes on where the words end, perhaps within a word."""
        node = self._tree
        for at, token in enumerate(tokens):
            below = node.get(token)
            if not isinstance(below, dict):
                if at + 1 < len(tokens) or at == 0:
                    return None
                ends = [one for word, one in node.items() if word and word.startswith(token)]
                return _single(body for end in ends for body in _below(end))
            node = below
        return _single(_below(node)) if len(tokens) > 1 else None


def _below(node: object) -> Iterator[Body]:
    if isinstance(node, Body):
        yield node
    elif isinstance(node, dict):
        for below in node.values():
            yield from _below(below)


def _single(bodies: Iterable[Body]) -> Body | None:
    found = {body.body: body for body in bodies}
    return next(iter(found.values())) if len(found) == 1 else None


def council_area(tokens: Phrase) -> tuple[Phrase, frozenset[str]]:
    """A council's name as its area and its types: blackburn with darwen, and borough."""
    area = list(tokens)
    types: set[str] = set()
    while area and area[-1] in _TRAILING:
        types.add(area.pop())
    if len(area) > 1 and area[-1] == "london" and "borough" in types:
        types.add(area.pop())
    while (at := _last_of_types(area)) and at + 1 < len(area):
        types.update(area[:at])
        area = area[at + 1 :]
    if area and area[0] == "the":
        area = area[1:]
    return tuple(area), frozenset(types & TYPES)


def _last_of_types(area: list[str]) -> int:
    """Where "of" stands behind words that are nothing but types: 2 in "london borough of"; or 0."""
    for at, word in enumerate(area):
        if word == "of":
            return at
        if word not in _LEADING:
            break
    return 0


def _says_council(council: Council) -> bool:
    return "council" in council.body.name.lower()


def body_code(code: str, name: str) -> str:
    """How a body is written: its code, with its scheme, or its name in small letters."""
    if _GSS.fullmatch(code):
        return f"gss:{code}"
    return code or " ".join(name.lower().split())


def index_councils(
    councils: Councils, names: Iterable[RegisterName], wording: Wording, known: PublicBodies
) -> None:
    """Put councils into their index, under every name they are known by."""
    for one in names:
        kind = BodyKind(one.kind)
        body = Body(kind, one.name, body_code(one.code, one.name), f"the name of {one.name}")
        tokens = wording.tokens(one.name)
        area, types = council_area(tokens)
        council = Council(body, types, one.ended)
        councils.add_council(area or tokens, council)
        for other in known.other_names.get(one.code, ()):
            councils.add_council(wording.tokens(other), council)


def index_areas(areas: Areas, said: Mapping[str, Iterable[str]], kind: BodyKind, form: str) -> None:
    """Put bodies that are called by their area into their index: form is such as "{} Police"."""
    for code, names in said.items():
        shown, *_ = names
        name = form.format(shown)
        body = Body(kind, name, body_code(code, name), f"the name of {name}")
        for area in names:
            areas.add(tuple(area.lower().replace("-", " ").split()), body)


def initials_of(councils: Councils, near: frozenset[str], wording: Wording) -> dict[str, Body]:
    """Initials by which councils around the payer are called, where only one of them has these."""
    shared: dict[str, set[str]] = {}
    for body in councils.bodies():
        if body.body in near or body.body.removeprefix("gss:") in near:
            tokens = wording.tokens(body.name)
            for words in (tokens, wording.lean(tokens)):
                shared.setdefault("".join(word[0] for word in words), set()).add(body.body)
    told = {letters: codes.pop() for letters, codes in shared.items() if len(codes) == 1}
    found = {letters: councils.body_of(code) for letters, code in told.items()}
    return {letters: body for letters, body in found.items() if body is not None}
