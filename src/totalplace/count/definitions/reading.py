"""A definitions file, read: what must stand in it stands there, and nothing that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, Final

import yaml

from totalplace.refusal import Refused

ABOUT: Final = frozenset({"title", "why", "owner", "as_of", "review_by", "sources"})


def read(file: str, keys: Iterable[str]) -> dict[str, Any]:
    """What a definitions file of this room says, beside who answers for it.

    Raises Refused where a key is missing or unknown.
    """
    text = (resources.files(__package__) / file).read_text(encoding="utf-8")
    said: dict[str, Any] = yaml.safe_load(text)
    only(said, ABOUT | set(keys), where=file)
    return said


def only(said: Mapping[str, Any], keys: Iterable[str], *, where: str) -> None:
    """Raise Refused unless exactly these keys are said."""
    odd = set(said) ^ set(keys)
    if odd:
        raise Refused(
            f"The definitions in {where} cannot be read",
            why=f"it lacks or should not have: {', '.join(sorted(map(str, odd)))}",
            next_step=f"Put the key right in {where}",
        )
