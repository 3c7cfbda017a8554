"""Set sentences with typed slots: one definition both writes a term and reads it back.

`{payer:party} pays {pence:money}[ for {what:words}].` has three slots, the last in a part that is
left out where there is nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cached_property
from typing import Any, Final

from totalplace.agreements.rules.slots import KINDS, Kind, Names
from totalplace.agreements.rules.terms import Section

_PART: Final = re.compile(r"\{([a-z_]+):([a-z]+)\}|\[([^\[\]]*)\]|([^{}\[\]]+)")


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot: of which field of its term, and of what type."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Optional:
    """A part that is left out where its slot has nothing to say."""

    parts: tuple[str | Slot, ...]

    @property
    def slot(self) -> Slot:
        """The one slot in it."""
        return next(part for part in self.parts if isinstance(part, Slot))


Part = str | Slot | Optional


@dataclass(frozen=True)
class Sentence:
    """A set sentence: which term it makes, and which of its fields it says by being chosen."""

    code: str
    section: Section
    type: type[Any]
    fixed: Mapping[str, Any]
    parts: tuple[Part, ...]
    template: str

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every slot of it."""
        return tuple(p.slot if isinstance(p, Optional) else p for p in self.parts
                     if not isinstance(p, str))  # fmt: skip

    @cached_property
    def optional(self) -> frozenset[str]:
        """The fields that may be left out."""
        return frozenset(p.slot.name for p in self.parts if isinstance(p, Optional))

    @cached_property
    def said_otherwise(self) -> Mapping[str, Any]:
        """What a field holds that no slot says: as fixed, or as the type has it by itself."""
        named = {slot.name for slot in self.slots}
        return {
            one.name: self.fixed.get(one.name, one.default)
            for one in fields(self.type)
            if one.name not in named
        }

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What matches it."""
        return re.compile("".join(map(_pattern, self.parts)))

    @property
    def example(self) -> str:
        """The sentence with its slots in words."""
        return re.sub(r"\{[a-z_]+:([a-z]+)\}", lambda m: f"({KINDS[m[1]].says})", self.template)

    def fits(self, term: Any) -> bool:
        """Whether a term can be said by this sentence."""
        if not isinstance(term, self.type):
            return False
        if any(getattr(term, name) != value for name, value in self.said_otherwise.items()):
            return False
        return all(
            slot.name in self.optional or getattr(term, slot.name) not in (None, "", ())
            for slot in self.slots
        )

    def write(self, term: Any, names: Names) -> str:
        """A term as it is said. Raises ValueError where one of its values cannot be written."""
        return "".join(_written(part, term, names) for part in self.parts)

    def read(self, said: str, names: Names) -> Any:
        """The term that a sentence says; None where it is another sentence.

        Raises ValueError where it is this one, and a slot holds what cannot stand there.
        """
        found = self.pattern.fullmatch(said)
        if found is None:
            return None
        values = dict(self.said_otherwise)
        for slot in self.slots:
            text = found[slot.name]
            values[slot.name] = slot.kind.absent if text is None else slot.kind.read(text, names)
        return self.type(**values)

    def until(self, said: str) -> tuple[int, str]:
        """How many letters of a sentence can be read as this one, and what was expected there."""
        reached, pattern = 0, ""
        for part in self.parts:
            pattern += _pattern(part)
            found = re.match(pattern if part is not self.parts[-1] else f"{pattern}$", said)
            if found is None:
                return reached, f"“{part}”" if isinstance(part, str) else _says(part)
            reached = found.end()
        return reached, ""


def sentence(
    code: str, section: Section, made: type[Any], fixed: Mapping[str, Any], template: str
) -> Sentence:
    """A set sentence from its template. Raises ValueError where it cannot be what it should."""
    found = Sentence(code, section, made, fixed, tuple(_parts(template)), template)
    known = {one.name for one in fields(made)}
    odd = ({slot.name for slot in found.slots} | set(fixed)) - known
    lacking = [name for name, value in found.said_otherwise.items() if value is MISSING]
    if odd or lacking:
        raise ValueError(f"{code}: no such field {sorted(odd)}, or nothing says {lacking}")
    return found


def _parts(template: str) -> Iterator[Part]:
    at = 0
    while at < len(template):
        found = _PART.match(template, at)
        if found is None:
            raise ValueError(f"this cannot be read as a sentence: {template[at:]}")
        at = found.end()
        name, kind, optional, words = found.groups()
        if optional is not None:
            inside = tuple(part for part in _parts(optional) if not isinstance(part, Optional))
            if sum(isinstance(part, Slot) for part in inside) != 1:
                raise ValueError(f"an optional part has one slot: {optional}")
            yield Optional(inside)
        elif name is not None:
            if kind not in KINDS:
                raise ValueError(f"there is no type of slot called {kind}")
            yield Slot(name, KINDS[kind])
        else:
            yield words


def _pattern(part: Part) -> str:
    if isinstance(part, str):
        return re.escape(part)
    if isinstance(part, Slot):
        return f"(?P<{part.name}>{part.kind.pattern})"
    return f"(?:{''.join(map(_pattern, part.parts))})?"


def _written(part: Part, term: Any, names: Names) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Slot):
        return part.kind.write(getattr(term, part.name), names)
    if getattr(term, part.slot.name) == part.slot.kind.absent:
        return ""
    return "".join(_written(one, term, names) for one in part.parts)


def _says(part: Slot | Optional) -> str:
    return part.kind.says if isinstance(part, Slot) else f"{part.slot.kind.says}, or nothing"
