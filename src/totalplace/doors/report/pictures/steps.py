"""How answers spread over four ordered steps, as one small bar that stands in a table.

The numbers stand in the cells beside it, so it says nothing of its own to a screen reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from totalplace.doors.report.pictures.drawing import Box, at, block

_WIDE, _HIGH = 160.0, 16.0  # in pixels
# From disagreeing strongly to agreeing strongly: dark at both ends, so that two camps stand out.
_LOOKS: Final = ("d1", "t1", "t0", "d0")


def small_bar(counts: Sequence[int]) -> str:
    """A bar in SVG of which each step has its share, in its place; empty where nobody took one.

    Raises ValueError where there are not four steps.
    """
    if len(counts) != len(_LOOKS):
        raise ValueError("a bar has four steps")
    whole, x, found = sum(counts), 0.0, ""
    for count, look in zip(counts, _LOOKS, strict=True):
        wide = _WIDE * count / whole if whole else 0.0
        if wide:
            found += block(Box(x, 0, wide, _HIGH), f"{look} gap")
        x += wide
    size = f"0 0 {at(_WIDE)} {at(_HIGH)}"
    return (
        f'<span class="pic tp-bar"><svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" '
        f'aria-hidden="true" focusable="false">{found}</svg></span>'
    )


def swatch(step: int) -> str:
    """The colour of a step, from 1, for a key."""
    counts = [0] * len(_LOOKS)
    counts[step - 1] = 1
    return small_bar(counts).replace("tp-bar", "tp-bar tp-bar--key")
