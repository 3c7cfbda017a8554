"""A picture for every screen: drawn three times, of which the page shows the one that fits.

A single drawing that shrinks to a phone would shrink its words to five points.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from totalplace.doors.report.pictures.drawing import safe

# In pixels: a phone of 320 within the page's margins; a tablet or upright paper; a desk or paper
# on its side.
WIDTHS: Final = {"n": 280, "m": 620, "w": 1120}


def figure(caption: str, draw: Callable[[int], str]) -> str:
    """A `<figure>` with its caption and the picture at every width; `draw` is given a width.

    Needs `colours.style()` in the page.
    """
    drawn = "".join(f'<div class="pic-{name}">{draw(wide)}</div>' for name, wide in WIDTHS.items())
    return f'<figure class="pic"><figcaption>{safe(caption)}</figcaption>{drawn}</figure>'
