"""Payees of a column of text: most are what is published, and the plain rules read the others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from totalplace.sources.reading import compiled
from totalplace.sources.reading.block import Text
from totalplace.sources.reading.cutting import PAD, Alike, spread, text_of
from totalplace.sources.reading.plain import payee_parts


def payees_of(found: Alike) -> tuple[Text, Text, NDArray[np.bool_]]:
    """Names, supplier numbers and redactions of a column."""
    plain = compiled.plain_names(found.content, found.starts, found.ends, found.flags)
    odd = np.flatnonzero(~plain).tolist()
    read = [payee_parts(text_of(*found.raw(k))) for k in odd]
    names = _of(found, plain, [name for name, _, _ in read])
    hidden = np.zeros(len(found), dtype=np.bool_)
    hidden[odd] = [is_hidden for _, _, is_hidden in read]
    given = Text.empty(len(found.codes))
    if any(number for _, number, _ in read):
        numbers = [""] * len(found)
        for k, (_, number, _) in zip(odd, read, strict=True):
            numbers[k] = number
        given = spread(found.codes, _padded(Text.of(numbers)))
    return spread(found.codes, names), given, hidden[found.codes]


def _of(found: Alike, plain: NDArray[np.bool_], others: list[str]) -> Text:
    """The different names: as they stand where they are plain, the others in turn."""
    odd = _padded(Text.of(others))
    offsets, content = compiled.gather(
        found.content, found.starts, found.ends, plain, odd.offsets, odd.content
    )
    return Text(offsets, content)


def _padded(text: Text) -> Text:
    """The same, with bytes after it that compiled loops may read."""
    content = np.frombuffer(text.content.tobytes() + PAD, dtype=np.uint8)
    return Text(text.offsets, content[: len(text.content)])
