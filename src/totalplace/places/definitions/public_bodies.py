"""Dated names of public bodies and words of payees, read once.

Unknown keys are refused, and every definition has an owner and a day of review.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from totalplace.places.rules.recognised_kinds import (
    BodyKind,
    PayeeWords,
    Phrase,
    PublicBodies,
    RegisterName,
)
from totalplace.refusal import Refused

_ALWAYS: Final = {"title", "why", "owner", "as_of", "review_by", "sources"}
_KEYS: Final = {
    "public_bodies.yaml": {"bodies", "only_alone", "leads", "anywhere", "subjects"},
    "public_bodies_councils.yaml": {
        "bodies",
        "ended",
        "ended_without_code",
        "other_names",
        "parish_cities",
        "short_names",
    },
    "public_bodies_local.yaml": {
        "police",
        "fire",
        "care_boards",
        "bodies",
        "ambulance",
        "pension_funds",
        "national_parks",
    },
    "public_bodies_words.yaml": {
        "meanings",
        "compass",
        "compass_before",
        "before",
        "harmless",
        "offices",
        "spelt",
        "rightly_spelt",
        "others",
        "clubs",
        "companies",
        "owned",
        "education",
        "not_education",
        "not_public",
    },
}
# The same reader in C, eight times as fast, where PyYAML was built with it.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def public_bodies() -> PublicBodies:
    """The shipped names; `Refused` where a file has a key that nobody knows."""
    read = {name: _read(name) for name in _KEYS}
    return public_bodies_of(read)


def _read(name: str) -> Mapping[str, Any]:
    text = files("totalplace.places.definitions").joinpath(name).read_text(encoding="utf-8")
    said: Mapping[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506  # a safe loader
    return said


def public_bodies_of(read: Mapping[str, Mapping[str, Any]]) -> PublicBodies:
    """Names of public bodies from definitions by file; `Refused` for a key that nobody knows."""
    for name, keys in _KEYS.items():
        unknown = set(read[name]) ^ (keys | _ALWAYS)
        if unknown:
            raise Refused(
                "The names of public bodies cannot be read",
                why=f"{name} lacks or should not have: {', '.join(sorted(unknown))}",
                next_step=f"Put the key right in {name}",
            )
    central, councils, local, words = (read[name] for name in _KEYS)
    return PublicBodies(
        words=_words(words),
        councils=tuple(_councils(councils)),
        other_names={code: _texts(names) for code, names in councils["other_names"].items()},
        short_names=frozenset(map(str.lower, councils["short_names"])),
        parish_cities=frozenset(map(str.lower, councils["parish_cities"])),
        police={code: _texts(names) for code, names in local["police"].items()},
        fire={code: _texts(names) for code, names in local["fire"].items()},
        care_boards=dict(local["care_boards"]),
        bodies=_bodies(central["bodies"], local["bodies"]),
        not_public=tuple(_not_public(words["not_public"])),
        only_alone=frozenset(central["only_alone"]),
        leads=frozenset(central["leads"]),
        anywhere=frozenset(central["anywhere"]),
        subjects=frozenset(central["subjects"].split()),
        ambulance=_texts(local["ambulance"]),
        pension_funds=dict(local["pension_funds"]),
        national_parks=_texts(local["national_parks"]),
    )


def _words(said: Mapping[str, Any]) -> PayeeWords:
    return PayeeWords(
        meanings={short: _phrase(long) for short, long in said["meanings"].items()},
        compass={short: _phrase(long) for short, long in said["compass"].items()},
        compass_before=frozenset(said["compass_before"]),
        before=frozenset(said["before"]),
        harmless=frozenset(said["harmless"]),
        offices=frozenset(said["offices"]),
        spelt=frozenset(said["spelt"]),
        rightly_spelt=frozenset(said["rightly_spelt"]),
        others=frozenset(said["others"]),
        clubs=frozenset(said["clubs"]),
        companies=frozenset(said["companies"]),
        owned=frozenset(said["owned"]),
        education={
            BodyKind(kind): tuple(_phrase(text) for text in texts)
            for kind, texts in said["education"].items()
        },
        not_education=tuple(_phrase(text) for text in said["not_education"]),
    )


def _councils(said: Mapping[str, Any]) -> Iterator[RegisterName]:
    for group in ("bodies", "ended"):
        for kind, names in said[group].items():
            for code, name in names.items():
                yield RegisterName(name, code, kind, ended=group == "ended")
    for name in said["ended_without_code"]:
        yield RegisterName(name, "", "council", ended=True)


def _bodies(*groups: Mapping[str, Any]) -> dict[BodyKind, dict[str, tuple[str, ...]]]:
    found: dict[BodyKind, dict[str, tuple[str, ...]]] = {}
    for group in groups:
        for kind, bodies in group.items():
            of_kind = found.setdefault(BodyKind(kind), {})
            of_kind.update({name: _texts(others) for name, others in bodies.items()})
    return found


def _not_public(said: Mapping[str, Any]) -> Iterator[tuple[BodyKind, str, str]]:
    for kind, names in said.items():
        for one in names:
            yield BodyKind(kind), one["name"], one["why"]


def _texts(said: Iterable[Any]) -> tuple[str, ...]:
    return tuple(map(str, said))


def _phrase(text: str) -> Phrase:
    return tuple(text.lower().split())
