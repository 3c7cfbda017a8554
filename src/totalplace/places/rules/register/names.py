"""Whether two names are of one body: `Burnley Borough Council` and `Burnley` are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[a-z0-9]+")
# Written in one way or the other by the same publishers.
_SAID_ALIKE: Final = (
    (re.compile(r"\bicb\b"), "integrated care board"),
    (re.compile(r"\bccg\b"), "clinical commissioning group"),
    (re.compile(r"&"), " and "),
    (re.compile(r"['’`]"), ""),
)
# What kind of body a name is of is compared by the kind, not by these words.
_BOROUGH: Final = re.compile(r"^(london|royal) borough of ")
_KIND_WORDS: Final = frozenset((
    "the", "of", "and", "council", "councils", "borough", "city", "county", "district",
    "metropolitan", "unitary", "authority", "corporation", "ua", "mbc", "mayoral", "combined", "ca",
    "fire", "rescue", "service", "police", "nhs", "force",
))  # fmt: skip


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name in small letters without accents, signs and doubled spaces."""
    flat = unicodedata.normalize("NFKD", name.casefold())
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    for said, alike in _SAID_ALIKE:
        flat = said.sub(alike, flat)
    return " ".join(_WORD.findall(flat))


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """What of a name tells which body of its kind it is; all of it where nothing would be left."""
    words = _BOROUGH.sub("", plain(name)).split()
    telling = [word for word in words if word not in _KIND_WORDS]
    return " ".join(sorted(telling)) if telling else " ".join(words)


def slug(name: str) -> str:
    """A name as a readable code: small letters and dashes, at most 64 of them."""
    return "-".join(plain(name).split())[:64].strip("-")
