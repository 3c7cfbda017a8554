"""Whether a licence lets a published file be handed on as it is: dated data of officers."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from totalplace.refusal import Refused

_KEYS: Final = {
    "title", "why", "owner", "as_of", "review_by", "sources", "open", "not_open",
}  # fmt: skip


def is_open(licence: str) -> bool:
    """Whether a file under a licence of this name may be handed on; no where nothing is said."""
    wanted, unwanted = _patterns()
    return bool(wanted.search(licence)) and not unwanted.search(licence)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = yaml.safe_load(files(__package__).joinpath("open_licences.yaml").read_text("utf-8"))
    if unknown := set(said) ^ _KEYS:
        raise Refused(
            "The list of open licences cannot be read",
            why=f"the file lacks or should not have: {', '.join(sorted(unknown))}",
            next_step="Put the key right in open_licences.yaml",
        )
    return _words(said["open"]), _words(said["not_open"])


def _words(phrases: list[str]) -> re.Pattern[str]:
    either = "|".join(re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])", re.IGNORECASE)
