"""A payee's name found in published words, and the words without it; a row stays provable.

UK GDPR article 17(1) gives a person the right to have personal data erased; article 17(3)(b) and
(d) except what is needed for a legal obligation, a public task, or archives and statistics in the
public interest. A row's pounds and place, and that it was published, are such; whom it names is
not. The name is looked for as a reader would see it: in capitals or not, over a line break, with
letters and accents written apart, with characters between that nobody sees.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from totalplace.refusal import Refused
from totalplace.sources.rules.layout import Cell
from totalplace.sources.rules.payees import redacted, split_number
from totalplace.sources.rules.rows import LETTERS_OF_A_FAULT, shown

ERASED: Final = "(erased)"
_UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_BETWEEN: Final = "_-.+"  # names of files and e-mail addresses have these in place of spaces
_WORD: Final = re.compile(r"[^\W_]+")
_LEAST_LETTERS: Final = 2
_QUOTED: Final = re.compile(r"""(['"])((?:\\.|(?!\1).)+)\1""")
_LETTERS_OF_A_TITLE: Final = 60  # of a title over a table that a reading quotes


@dataclass(frozen=True, slots=True)
class Name:
    """A payee's name, folded for comparison, and the supplier number that was given with it."""

    bare: str = field(repr=False)  # so that no message about it names anybody
    number: str = field(repr=False)
    rarest: str = field(repr=False)  # its longest word, which few texts without the name have

    @property
    def several(self) -> bool:
        """Whether it has several words: one word alone may be a part of any other name."""
        return " " in self.bare


def name_of(said: str) -> Name:
    """The name that a payee's cell gives, as published, in any case.

    Raises Refused where it is no name: too short, without letters, or a redaction already.
    """
    bare, number = _peeled(shown(said))
    name = folded(bare)
    words: list[str] = _WORD.findall(name)
    if redacted(bare) or name == ERASED:
        why = "what stands there names nobody"
    elif sum(letter.isalpha() for letter in name) < _LEAST_LETTERS:
        why = "what was given is no name"
    else:
        return Name(name, number, max(words, key=len))
    raise Refused(
        "Nothing was erased",
        why=why,
        next_step="Give the payee as it is published, or a row in which it stands",
    )


@dataclass(frozen=True, slots=True)
class Eraser:
    """Takes one name out of words. `kept` are other payees, folded, with the name within them."""

    name: Name
    kept: frozenset[str] = field(default=frozenset(), repr=False)

    def is_name(self, cell: Cell) -> bool:
        """Whether a cell is the name and no more than it and a supplier number."""
        if not isinstance(cell, str) or not self.may_hold(cell):
            return False
        return folded(_peeled(shown(cell))[0]) == self.name.bare

    def may_hold(self, text: str) -> bool:
        """Whether it is worth looking for the name in a text; quick, and never falsely no."""
        plain = text.lower() if text.isascii() else _plain(_UNSEEN.sub("", text))
        return self.name.rarest in plain

    def stands_in(self, text: str) -> bool:
        """Whether the name stands in a text as words of their own, and in no other payee's name."""
        return self.may_hold(text) and bool(self._spans(text))

    def may_be_in(self, text: str) -> bool:
        """Whether the name's letters stand anywhere in what is no text, such as a picture."""
        return self.may_hold(text) and self.name.bare in folded(text)

    def without(self, text: str, *, within: bool | None = None) -> str:
        """A text without the name, which it holds no more than `ERASED` in place of.

        `within` says whether to look inside longer texts; if not said, for names of several words.
        """
        if not self.may_hold(text):
            return text
        if self.is_name(text):
            return ERASED
        if not (self.name.several if within is None else within):
            return text
        parts, done = [], 0
        for start, end in self._spans(text):
            parts += [text[done:start], ERASED]
            done = end
        return "".join([*parts, text[done:]])

    def without_cut(
        self, found: str, *, within: bool, letters_quoted: int = LETTERS_OF_A_FAULT
    ) -> str:
        """What is quoted of a cell, where it may have been cut short within the name."""
        text = self.without(found, within=within)
        if len(found) < letters_quoted or not within:
            return text
        letters, places = _fold(text, loose=False)
        first = len(self.name.bare.split(" ")[0])
        for length in range(len(self.name.bare) - 1, first - 1, -1):
            at = len(letters) - length
            if letters.endswith(self.name.bare[:length]) and not _joined(letters, at - 1):
                return text[: places[at]] + ERASED
        return text

    def without_in(self, sentence: str) -> str:
        """A sentence about a file, which may quote a title or a header, whole or cut short."""

        def quoted(found: re.Match[str]) -> str:
            inside = found[2].replace("\\'", "'")  # as `repr` writes an apostrophe in quotes
            new = self.without_cut(
                inside, within=self.name.several, letters_quoted=_LETTERS_OF_A_TITLE
            )
            return found[0] if new == inside else f"{found[1]}{new}{found[1]}"

        return _QUOTED.sub(quoted, self.without(sentence))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Where the name begins and ends in a text, from left to right, none over another.

        It is looked for as it is, and with dots, dashes and underscores for spaces.
        """
        found = sorted({*self._found(text, loose=False), *self._found(text, loose=True)})
        return [
            (start, end)
            for n, (start, end) in enumerate(found)
            if all(last <= start for _, last in found[:n])
        ]

    def _found(self, text: str, *, loose: bool) -> Iterator[tuple[int, int]]:
        letters, places = _fold(text, loose=loose)
        wanted, *others = (_fold(n, loose=loose)[0] for n in (self.name.bare, *self.kept))
        if loose and " " not in wanted:
            return
        kept = [span for other in others for span in _found(letters, other)]
        for start, end in _found(letters, wanted):
            if not any(first <= start and end <= last for first, last in kept):
                last = places[end - 1] + 1
                while last < len(text) and (_UNSEEN.match(text[last]) or _is_mark(text[last])):
                    last += 1
                yield places[start], last


def _peeled(cell: str) -> tuple[str, str]:
    """A payee's name without any number in it, and the first number that was taken off."""
    bare, first = split_number(cell)
    number = first
    while number:
        bare, number = split_number(bare)
    return bare, first


def names_within(payees: Collection[str], name: Name) -> frozenset[str]:
    """Other payees, folded, that have the name within theirs: a firm that is named after somebody.

    They are left as they are: nothing says that they are the same person.
    """
    alone = Eraser(name)
    return frozenset(
        folded(payee)
        for payee in payees
        if alone.stands_in(payee) and not alone.is_name(payee) and folded(payee) != name.bare
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has its payee, the payee's number and the amount, counted from 0."""

    payee: int | None = None
    number: int | None = None
    amount: int | None = None


def columns_of(taken: Mapping[str, Mapping[str, object]]) -> Columns:
    """The same from what a reading says of its columns, by role."""
    at = {role: position_of(str(said["column"])) for role, said in taken.items()}
    return Columns(at.get("payee"), at.get("payee_number"), at.get("amount"))


def position_of(letters: str) -> int:
    """The place of a column by its letters, from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def changes(cells: Sequence[Cell], eraser: Eraser, columns: Columns) -> dict[int, str]:
    """The new text of each cell of a row that must change, by its place from 0.

    Where the name is a cell of its own the row is the person's: other cells are looked into even
    for a name of one word, and the payee's number goes too.
    """
    if not any(isinstance(cell, str) and eraser.may_hold(cell) for cell in cells):
        return {}
    own = any(eraser.is_name(cell) for cell in cells)
    within = eraser.name.several or own
    changed = {}
    for at, cell in enumerate(cells):
        if isinstance(cell, str) and (new := eraser.without(cell, within=within)) != cell:
            changed[at] = new
    number = columns.number
    is_payee = columns.payee is not None and changed.get(columns.payee) == ERASED
    if is_payee and number is not None and number < len(cells) and shown(cells[number]):
        changed[number] = ""
    return changed


def row_digest(cells: Sequence[Cell], erased: Collection[int]) -> str:
    """SHA-256 of a row without the cells that were erased, in whole or in part.

    It is over a JSON list without spaces, in UTF-8: each cell as text, white space folded; null in
    place of an erased one; empty cells at the end left out.
    """
    texts = [None if at in erased else as_read(shown(cell)) for at, cell in enumerate(cells)]
    while texts and texts[-1] == "":
        texts.pop()
    text = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def as_read(text: str) -> str:
    """A text whose undecodable bytes were kept apart, as it is read: each is a �."""
    if not any("\udc80" <= letter <= "\udcff" for letter in text):
        return text
    return "".join("\ufffd" if "\udc80" <= letter <= "\udcff" else letter for letter in text)


def folded(text: str) -> str:
    """A text for comparison: small letters, accents apart, one space between words."""
    if text.isascii():
        return " ".join(text.lower().split())
    return _fold(text, loose=False)[0]


def _fold(text: str, *, loose: bool) -> tuple[str, list[int]]:
    """A text for comparison, and from which place in it each letter comes."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        if letter.isspace() or (loose and letter in _BETWEEN):
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(at)
        elif not _UNSEEN.match(letter):
            for plain in _plain(as_read(letter)):
                letters.append(plain)
                places.append(at)
    while letters and letters[-1] == " ":
        letters.pop()
    return "".join(letters), places


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).casefold()
    return unicodedata.normalize("NFD", decomposed)


def _found(letters: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where words stand in a folded text, not as a part of longer words."""
    at = letters.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        starts = not (_is_letter(wanted[0]) and _joined(letters, at - 1))
        ends = not (_is_letter(wanted[-1]) and _joined(letters, end))
        if starts and ends and not (end < len(letters) and _is_mark(letters[end])):
            yield at, end
        at = letters.find(wanted, at + 1)


def _joined(letters: str, at: int) -> bool:
    return 0 <= at < len(letters) and _is_letter(letters[at])


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or _is_mark(letter)


def _is_mark(letter: str) -> bool:
    return unicodedata.combining(letter) > 0
