"""The set sentences of agreements, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.agreements.rules import terms
from totalplace.agreements.rules.checklist import Letter
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.agreements.rules.sentences import Sentence, sentence
from totalplace.agreements.rules.terms import Freedom, Section, Serves, Sharing
from totalplace.agreements.rules.text import Head, Wording
from totalplace.refusal import Refused

_ABOUT: Final = {"title", "why", "owner", "as_of", "review_by", "sources"}
_KEYS: Final = _ABOUT | {"section", "heading", "sentences"}
_TYPES: Final[Mapping[str, type[Any]]] = {
    one.__name__: one for one in {where.type for where in terms.PLACES} | {Promise}
}
# Fields that a sentence says by being chosen, and of which type each is.
_FIXED: Final[Mapping[str, type[StrEnum]]] = {
    "side": Side, "broken_by": Side, "kind": Kind, "serves": Serves, "freedom": Freedom,
    "sharing": Sharing,
}  # fmt: skip


@cache
def wording() -> Wording:
    """Every section with its sentences, in the order of the text."""
    return Wording(tuple(head_of(said(section), section) for section in Section))


@cache
def said(section: Section) -> Mapping[str, Any]:
    """The definition of a section as it is written: its title, why, owner and sources too."""
    at = list(Section).index(section) + 1
    file = resources.files(__package__).joinpath(f"clauses/{at:02d}-{section.value}.yaml")
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or set(found) ^ _KEYS:
        odd = sorted(set(found or ()) ^ _KEYS)
        raise _bad(section, f"it lacks or should not have: {', '.join(odd)}")
    return found


def head_of(found: Mapping[str, Any], section: Section) -> Head:
    """A section from its definition. Raises Refused for what it cannot say."""
    if found["section"] != section.value:
        raise _bad(section, f"its section is said to be {found['section']}")
    return Head(
        section,
        str(found["heading"]),
        tuple(_sentence(str(code), one, section) for code, one in found["sentences"].items()),
    )


@cache
def section_75() -> tuple[Letter, ...]:
    """The letters of SI 2000/617, regulation 7(3), and which terms say each."""
    file = resources.files(__package__).joinpath("section_75.yaml")
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    if set(found) != _ABOUT | {"letters"}:
        raise _bad(Section.SERVICES, "section_75.yaml lacks or should not have a key")
    return tuple(
        Letter(str(code), one["says"], tuple(one["said_by"]),
               tuple(Serves(serves) for serves in one.get("serves", ())))
        for code, one in found["letters"].items()
    )  # fmt: skip


def _sentence(code: str, one: Mapping[str, Any], section: Section) -> Sentence:
    odd = set(one) - {"makes", "fixed", "sentence"}
    if odd or one.get("makes") not in _TYPES:
        raise _bad(section, f"{code} makes no known term, or says {sorted(odd)}")
    fixed = {
        name: _FIXED[name](value) if name in _FIXED else value
        for name, value in (one.get("fixed") or {}).items()
    }
    try:
        return sentence(code, section, _TYPES[one["makes"]], fixed, str(one["sentence"]))
    except ValueError as wrong:
        raise _bad(section, str(wrong)) from wrong


def _bad(section: Section, why: str) -> Refused:
    return Refused(
        f"The sentences of the section {section.value} cannot be read",
        why=why,
        next_step="Put them right; docs/reference/clauses.md says what may stand where",
    )
