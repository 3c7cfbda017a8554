"""One text, two readings: terms written as a text, and read back from it.

In its set form a text says its terms in one way only: `text_of` and `terms_of` undo each other. A
text edited by hand is first `tidied`: clauses are numbered anew, lines that were broken are joined,
a sum or a day is written as it always is. What is no set sentence is refused at its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any, Final

from totalplace.agreements.rules.sentences import Sentence
from totalplace.agreements.rules.slots import KINDS, Names, sound_words
from totalplace.agreements.rules.terms import PLACES, Party, Place, Section, Terms, Words
from totalplace.refusal import Refused

NOTHING: Final = "Nothing is agreed under this head."
_HEAD: Final = re.compile(r"AGREEMENT ([A-Za-z0-9][A-Za-z0-9._-]{0,63})/([0-9]{1,6})")
_MODEL: Final = re.compile(rf"Model of devolution: ({KINDS['code'].pattern})")
_HEADING: Final = re.compile(r"[0-9]{1,3}\. ([A-Z][A-Z ,]*)")
_CLAUSE: Final = re.compile(r"[0-9]{1,3}\.[0-9]{1,4} +(.*)")
LARGEST: Final = 2_000_000  # letters of a text
_NONE: Final = Names.of({})


@dataclass(frozen=True, slots=True)
class Head:
    """A section: its heading, and the set sentences that may stand in it."""

    section: Section
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Every section with its sentences, in the order of the text."""

    heads: tuple[Head, ...]

    def head(self, section: Section) -> Head:
        """A section."""
        return next(head for head in self.heads if head.section is section)


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause as it stands in the text, and at which line it begins."""

    line: int
    words: str


def text_of(terms: Terms, wording: Wording) -> str:
    """The text that says these terms. Raises Refused for terms that no set sentence can say."""
    names = _names(terms.parties, 0)
    if terms.number < 1 or _HEAD.fullmatch(f"AGREEMENT {terms.cited}") is None:
        raise _unsaid(f"the agreement is cited as {terms.cited}", "that is no place and number")
    try:
        lines = [f"AGREEMENT {terms.cited}", f"“{sound_words(terms.title)}”"]
    except ValueError as wrong:
        raise _unsaid(f"its title is “{terms.title}”", str(wrong)) from wrong
    lines += [f"Model of devolution: {terms.model}", ""]
    for number, head in enumerate(wording.heads, start=1):
        lines += [f"{number}. {head.heading.upper()}", ""]
        clauses = [_clause(term, head, names) for term in _terms_in(terms, head.section)]
        for turn, clause in enumerate(clauses or [NOTHING], start=1):
            lines += [f"{number}.{turn} {clause}", ""]
    return "\n".join(lines[:-1]) + "\n"


def terms_of(text: str, wording: Wording) -> Terms:
    """The terms that a text in its set form says.

    Raises Refused, with the line and what was expected there, for any other text.
    """
    terms = _read(text, wording)
    said, written = text.split("\n"), text_of(terms, wording).split("\n")
    for line, (one, other) in enumerate(zip(said, written, strict=False), start=1):
        if one != other:
            raise _not_set(line, one, other)
    if len(said) != len(written):
        raise _not_set(min(len(said), len(written)) + 1, "", "nothing more")
    return terms


def tidied(text: str, wording: Wording) -> str:
    """A text that was edited by hand, in its set form. Raises Refused for what no sentence says."""
    try:
        terms_of(text, wording)
    except Refused:
        return text_of(_read(_plain(text), wording), wording)
    return text


def _plain(text: str) -> str:
    """A text as it would be typed here: its line ends, and straight quotation marks by pairs."""
    lines = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(
        (line if "“" in line else re.sub(r'"([^"]*)"', r"“\1”", line)).rstrip() for line in lines
    )


def _read(text: str, wording: Wording) -> Terms:
    if len(text) > LARGEST:
        raise Refused(
            "The text cannot be read",
            why=f"it has more than {LARGEST:,} letters",
            next_step="Shorten the words in it",
        )
    lines = text.split("\n")
    place, number, title, model, start = _read_head(lines)
    found: dict[Section, list[_Said]] = {}
    for head, clauses in _sections(lines, start, wording):
        if head.section in found:
            raise _refused(clauses[0].line, head.heading, "this section stands twice", "Join them")
        found[head.section] = clauses[1:]
    parties = _items(found.get(Section.PARTIES, []), wording.head(Section.PARTIES), _NONE)
    line = found[Section.PARTIES][0].line if found.get(Section.PARTIES) else 1
    names = _names([term for term, _ in parties], line)
    values: dict[str, Any] = {}
    for head in wording.heads:
        items = _items(found.get(head.section, []), head, names)
        for where in _places(head.section):
            values[where.name] = _value(where, items)
    return Terms(place, number, title, model, **values)


def _read_head(lines: Sequence[str]) -> tuple[str, int, str, str, int]:
    """Place, number, title and model, and the line after them, from nought."""
    kept = [(at, line.strip()) for at, line in enumerate(lines) if line.strip()][:3]
    if len(kept) < 3:
        raise _refused(1, "", "the text begins with its citation, title and model", "Add them")
    (first, cited), (second, title), (third, model) = kept
    found = _HEAD.fullmatch(cited)
    if found is None:
        raise _refused(first + 1, cited, "it is cited by its place and number",
                       "Write it as: AGREEMENT wexshire/1")  # fmt: skip
    if not re.fullmatch(r"“[^“”]+”", title):
        raise _refused(second + 1, title, "the title stands in quotation marks",
                       "Write it as: “A title”")  # fmt: skip
    said = _MODEL.fullmatch(model)
    if said is None:
        raise _refused(third + 1, model, "the model of devolution is named here",
                       "Write it as: Model of devolution: block-grant")  # fmt: skip
    return found[1], int(found[2]), title[1:-1], said[1], third + 1


def _sections(
    lines: Sequence[str], start: int, wording: Wording
) -> Iterator[tuple[Head, list[_Said]]]:
    """Each section with its clauses; the first of them is its heading."""
    by_heading = {head.heading.upper(): head for head in wording.heads}
    head: Head | None = None
    clauses: list[_Said] = []
    fresh = True  # a line after an empty one begins a clause, numbered or not
    for line, words in enumerate((one.strip() for one in lines[start:]), start=start + 1):
        heading = _HEADING.fullmatch(words)
        if heading is not None:
            if heading[1] not in by_heading:
                near = _nearest(heading[1], list(by_heading))
                raise _refused(line, words, "there is no such section", f"Did you mean {near}")
            if head is not None:
                yield head, clauses
            head, clauses = by_heading[heading[1]], [_Said(line, words)]
        elif words:
            if head is None:
                raise _refused(line, words, "it stands in no section", "Put it below a heading")
            numbered = _CLAUSE.fullmatch(words)
            if numbered or fresh or len(clauses) == 1:
                clauses.append(_Said(line, numbered[1] if numbered else words))
            else:
                clauses[-1] = _Said(clauses[-1].line, f"{clauses[-1].words} {words}")
        fresh = not words
    if head is not None:
        yield head, clauses


def _items(clauses: Sequence[_Said], head: Head, names: Names) -> list[tuple[Any, int]]:
    if [clause.words for clause in clauses] == [NOTHING]:
        return []
    return [(_term(clause, head, names), clause.line) for clause in clauses]


def _term(clause: _Said, head: Head, names: Names) -> Any:
    """The term of a clause. Raises Refused, with its line and the nearest sentence."""
    for one in head.sentences:
        try:
            term = one.read(clause.words, names)
        except ValueError as wrong:
            raise _refused(clause.line, clause.words, str(wrong), _write_as(one)) from wrong
        if term is not None:
            if clause.words == NOTHING:
                break
            return term
    nearest = max(head.sentences, key=lambda one: _likeness(one, clause.words))
    reached, expected = nearest.until(clause.words)
    after = f" after “{clause.words[:reached][-60:]}”" if reached else " at its beginning"
    raise _refused(
        clause.line, clause.words,
        f"no set sentence of {head.heading.lower()} reads so; in the nearest one "
        f"{expected or 'the end'} is expected{after}",
        _write_as(nearest),
    )  # fmt: skip


def _write_as(one: Sentence) -> str:
    return f"Write it as: {one.example.removesuffix('.')}"


def _likeness(one: Sentence, words: str) -> float:
    """How near a sentence is: by its own words, and by how far it can be read as it."""
    plain = re.sub(r"\{[^}]*\}|\[|\]", "", one.template)
    alike = SequenceMatcher(None, plain, words[:500], autojunk=False).ratio()
    return alike + one.until(words)[0] / (2 * len(words))


def _value(where: Place, items: Sequence[tuple[Any, int]]) -> Any:
    mine = [(term, line) for term, line in items if isinstance(term, where.type)]
    if where.many:
        return tuple(term for term, _ in mine)
    if len(mine) > 1:
        raise _refused(mine[1][1], "", "this is said twice", "Keep one of the two")
    return mine[0][0] if mine else None


def _places(section: Section) -> list[Place]:
    return [where for where in PLACES if where.section is section]


def _terms_in(terms: Terms, section: Section) -> Iterator[Any]:
    for where in _places(section):
        value = getattr(terms, where.name)
        if where.many:
            yield from value
        elif value is not None:
            yield value


def _clause(term: Any, head: Head, names: Names) -> str:
    for one in head.sentences:
        if not one.fits(term):
            continue
        try:
            said = one.write(term, names)
            read = next(filter(None, (other.read(said, names) for other in head.sentences)), None)
        except ValueError as wrong:
            raise _unsaid(f"{head.heading.lower()}: {term}", str(wrong)) from wrong
        if read != term or said == NOTHING or "\n" in said:
            break
        return said
    raise _unsaid(
        f"{head.heading.lower()}: {term}",
        "no set sentence says it in a way that can be read only so",
    )


def _names(parties: Sequence[Party], line: int) -> Names:
    """What parties are called. Raises Refused where two have one name, or one code."""
    for what, said in (
        ("code", [party.agency for party in parties]),
        ("name", [party.name for party in parties]),
    ):
        twice = [one for one, same in groupby(sorted(said)) if len(list(same)) > 1]
        if twice:
            raise _refused(line, twice[0], f"two parties have this {what}", "Name each party once")
    return Names.of({party.agency: party.name for party in parties})


def _nearest(said: str, known: Sequence[str]) -> str:
    return max(known, key=lambda one: SequenceMatcher(None, one, said).ratio())


def _not_set(line: int, said: str, expected: str) -> Refused:
    return _refused(
        line, said, f"in its set form that line would read “{expected}”",
        "Have the text tidied, or write that line so",
    )  # fmt: skip


def _refused(line: int, said: str, why: str, next_step: str) -> Refused:
    where = f"Line {line} of the text" if line else "The text"
    shown = f" (“{said[:120]}{'…' if len(said) > 120 else ''}”)" if said else ""
    return Refused(f"{where} cannot be read{shown}", why=why, next_step=next_step)


def _unsaid(what: str, why: str) -> Refused:
    return Refused(
        f"These terms cannot be written ({what})",
        why=why,
        next_step="Change the names or words so that they can stand in a sentence",
    )


def is_words(section: Section) -> bool:
    """Whether a section holds words alone, kept as they stand."""
    return all(where.type is Words for where in _places(section))
