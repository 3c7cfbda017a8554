"""Dated definitions that officers own, read once: words of columns.

Unknown keys are refused, and every definition has an owner and a day of review.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from totalplace.refusal import Refused
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.words import ColumnWords, Phrase, tokens_of

_KEYS: Final = {
    "title",
    "why",
    "owner",
    "as_of",
    "review_by",
    "sources",
    "meanings",
    "names",
    "beside",
    "cells",
    "evidence",
    "must_hold",
    "kinds",
}


@cache
def column_words() -> ColumnWords:
    """The shipped words of columns; `Refused` where the file has a key that nobody knows."""
    text = files(__name__).joinpath("column_words.yaml").read_text(encoding="utf-8")
    return column_words_of(yaml.safe_load(text))


def column_words_of(said: Mapping[str, Any]) -> ColumnWords:
    """Words of columns from a definition; `Refused` where it has a key that nobody knows."""
    unknown = set(said) ^ _KEYS
    if unknown:
        raise Refused(
            "The words of columns cannot be read",
            why=f"the file lacks or should not have: {', '.join(sorted(unknown))}",
            next_step="Put the key right in column_words.yaml",
        )
    meanings = {str(short): tokens_of(str(long)) for short, long in said["meanings"].items()}
    names = {_role(role): _weights(weights) for role, weights in said["names"].items()}
    beside = {
        tokens_of(str(name)): {_role(role): _weights(others) for role, others in told.items()}
        for name, told in said["beside"].items()
    }
    evidence = {
        _role(role): {str(k): float(v) for k, v in weights.items()}
        for role, weights in said["evidence"].items()
    }
    must_hold = {
        _role(role): (tuple(map(str, told["marks"])), float(told["least"]))
        for role, told in said["must_hold"].items()
    }
    spoken = {word for weights in names.values() for phrase in weights for word in phrase}
    meant = {word for phrase in meanings.values() for word in phrase}
    kinds = {
        str(kind): tuple(tokens_of(str(phrase)) for phrase in phrases)
        for kind, phrases in said["kinds"].items()
    }
    for kind, phrases in kinds.items():
        if kind.endswith("headers"):
            spoken |= {word for phrase in phrases for word in phrase}
    cells = {str(kind): frozenset(map(str, words)) for kind, words in said["cells"].items()}
    known = frozenset(spoken | meant)
    return ColumnWords(meanings, names, beside, cells, evidence, must_hold, kinds, known)


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError:
        raise Refused(
            "The words of columns cannot be read",
            why=f"{name!r} is not a role of a column",
            next_step=f"Use one of: {', '.join(Role)}",
        ) from None


def _weights(said: Mapping[Any, Any]) -> dict[Phrase, float]:
    return {tokens_of(str(phrase)): float(weight) for phrase, weight in said.items()}
