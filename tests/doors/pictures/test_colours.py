"""Colours that meet can be told apart, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import pytest

from totalplace.doors.report.pictures import colours
from totalplace.doors.report.pictures.colours import DARK, LIGHT, Scheme

schemes = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _light(rgb: tuple[float, float, float]) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: str, other: str, *, cover: str = "", share: float = 0.0) -> float:
    """Contrast of two colours, the second covered by a third in part."""
    under, over = _rgb(other), _rgb(cover or other)
    mixed = [o * share + u * (1 - share) for u, o in zip(under, over, strict=True)]
    lights = sorted((_light(_rgb(one)), _light((mixed[0], mixed[1], mixed[2]))), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def test_contrast_is_measured_as_the_rule_says() -> None:
    assert _contrast("#ffffff", "#000000") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@schemes
def test_words_on_paper_can_be_read(scheme: Scheme) -> None:
    assert _contrast(scheme.ink, scheme.paper) >= 7
    assert _contrast(scheme.soft, scheme.paper) >= 4.5


@schemes
def test_words_on_tiles_can_be_read_on_every_pattern(scheme: Scheme) -> None:
    for deep in scheme.deep:
        for share in (0.0, 0.3, 0.34):  # none, stripes, dots
            assert _contrast(scheme.on, deep, cover=scheme.shade, share=share) >= 4.5, deep


@schemes
def test_words_over_bands_can_be_read_wherever_bands_cross(scheme: Scheme) -> None:
    for tint in scheme.tint:
        for other in (*scheme.tint, scheme.paper):
            for share in (0.0, 0.2, 0.5, 0.8, 1.0):
                assert _contrast(scheme.ink, tint, cover=other, share=share) >= 4.5, tint


@schemes
def test_marks_stand_out_from_paper(scheme: Scheme) -> None:
    marks = (*scheme.deep, scheme.ink, scheme.soft)
    assert min(_contrast(mark, scheme.paper) for mark in marks) >= 3


def test_the_style_says_every_colour_and_asks_for_nothing_from_elsewhere() -> None:
    style = colours.style()
    assert all(colour in style for colour in (*LIGHT.deep, *LIGHT.tint, *DARK.deep, *DARK.tint))
    assert "url(" not in style
    assert "@import" not in style
    assert "screen and (prefers-color-scheme:dark)" in style  # paper stays white


def test_colours_begin_again_where_there_are_many_names() -> None:
    assert colours.hue(0) == colours.hue(colours.HUES)
    assert colours.OTHERS not in {colours.hue(place) for place in range(50)}
