"""Which ruling of an officer is about a line, where several are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from totalplace.count.rules.purposes.words import Words
from totalplace.count.rules.rulings import Ruling, Subject

Named = tuple[bool, ...]  # which of agency, unit, purpose, detail and payee a ruling names


@dataclass(frozen=True, slots=True)
class Ruled:
    """Rulings by the parts of a line that they name, those that name most first."""

    by_named: Mapping[Named, Mapping[tuple[str, ...], Ruling]] = field(default_factory=dict)

    @classmethod
    def of(cls, rulings: Iterable[Ruling]) -> Ruled:
        """Rulings about purposes, the later over the earlier. Texts match in any case."""
        found: dict[Named, dict[tuple[str, ...], Ruling]] = {}
        for ruling in sorted(rulings, key=lambda r: r.number):
            if ruling.subject is Subject.PURPOSE:
                texts = _texts(ruling.agency, ruling)
                named = tuple(map(bool, texts))
                found.setdefault(named, {})[tuple(filter(None, texts))] = ruling
        return cls({named: found[named] for named in sorted(found, key=_most_first)})

    def __bool__(self) -> bool:
        return bool(self.by_named)

    def about(self, agency: str, line: Words) -> Ruling | None:
        """The ruling about a line: of several, the one that names most of it."""
        texts = _texts(agency, line)
        for named, rulings in self.by_named.items():
            wanted = tuple(text for text, is_named in zip(texts, named, strict=True) if is_named)
            if found := rulings.get(wanted):
                return found
        return None


def _texts(agency: str, line: Words | Ruling) -> tuple[str, ...]:
    return (
        agency, line.unit.lower(), line.purpose.lower(), line.detail.lower(), line.payee.lower(),
    )  # fmt: skip


def _most_first(named: Named) -> tuple[int, Named]:
    return -sum(named), tuple(not one for one in named)
