"""Plans as dots in a small picture: what is asked from left to right, points from below up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDE: Final = 640.0
_HIGH: Final = 260.0
_LEFT: Final = 70.0
_FOOT: Final = 46.0
_TOP: Final = 34.0
_RIGHT: Final = 24.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A plan: its place from left to right and from below up, and both in words."""

    x: float
    y: float
    across: str
    up: str


def dots(title: str, across: str, up: str, found: Sequence[Dot], *, mark: str) -> str:
    """Dots joined by a line, in SVG, with the ends of both axes in words; `mark` makes ids unique.

    The words of each dot stand in the table beside it, so the picture is described in a sentence.
    """
    if len(found) < 2:
        return ""
    xs, ys = [one.x for one in found], [one.y for one in found]
    spots = [
        (
            _LEFT + (_WIDE - _LEFT - _RIGHT) * _part(one.x, min(xs), max(xs)),
            _HIGH - _FOOT - (_HIGH - _FOOT - _TOP) * _part(one.y, min(ys), max(ys)),
        )
        for one in found
    ]
    first, last = found[xs.index(min(xs))], found[xs.index(max(xs))]
    said = f"From {first.across} to {last.across}, {up} goes from {first.up} to {last.up}."
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    circles = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#1d70b8">'
        f"<title>{escape(one.across)}: {escape(one.up)}</title></circle>"
        for (x, y), one in zip(spots, found, strict=True)
    )
    ends = (found[ys.index(min(ys))].up, found[ys.index(max(ys))].up)
    return (
        f'<svg class="tp-picture" role="img" aria-labelledby="{mark}-t {mark}-d" '
        f'viewBox="0 0 {_WIDE:.0f} {_HIGH:.0f}" width="{_WIDE:.0f}" height="{_HIGH:.0f}">'
        f'<title id="{mark}-t">{escape(title)}</title><desc id="{mark}-d">{escape(said)}</desc>'
        f"{_axes((first.across, last.across), ends, across, up)}"
        f'<polyline points="{joined}" fill="none" stroke="#1d70b8" stroke-width="2"/>'
        f"{circles}</svg>"
    )


def _axes(wide: tuple[str, str], high: tuple[str, str], across: str, up: str) -> str:
    """Both axes with the words of their ends, and what each is."""
    foot = _HIGH - _FOOT + 8
    return (
        f'<path d="M{_LEFT - 4} {_TOP - 8}V{foot}H{_WIDE - _RIGHT + 8}" fill="none" '
        'stroke="#505a5f"/>'
        + _text(_LEFT, _HIGH - 24, wide[0])
        + _text(_WIDE - _RIGHT, _HIGH - 24, wide[1], hangs="end")
        + _text((_LEFT + _WIDE - _RIGHT) / 2, _HIGH - 6, across, hangs="middle")
        + _text(4, 14, up.capitalize())
        + _text(_LEFT - 8, _HIGH - _FOOT + 4, high[0], hangs="end")
        + _text(_LEFT - 8, _TOP + 4, high[1], hangs="end")
    )


def _part(value: float, low: float, high: float) -> float:
    return 0.5 if high == low else (value - low) / (high - low)


def _text(x: float, y: float, words: str, *, hangs: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="13" fill="#0b0c0c" text-anchor="{hangs}">'
        f"{escape(words)}</text>"
    )
