"""Signs for a page that is seen from a distance: one small picture, told by its shape as well.

What is worse stands in a diamond, what is better in a ring, what has no better side in a square;
what is not certain has a broken edge. The drawings are our own. On a dark screen they keep their
white ground, so that their colours stay those that were measured against it.
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from totalplace.doors.report.pictures import colours, drawing
from totalplace.monitoring.rules.charts.icons import Assurance, Variation
from totalplace.monitoring.rules.seen import Sign

SIZE: Final = 32
_BLUE, _ORANGE, _PURPLE, _GREY = (colours.LIGHT.deep[n] for n in (3, 1, 2, 8))
_RING: Final = '<circle cx="16" cy="16" r="13" {look}/>'
_DIAMOND: Final = '<path d="M16 1.5 30.5 16 16 30.5 1.5 16Z" stroke-linejoin="round" {look}/>'
_SQUARE: Final = '<rect x="3.5" y="3.5" width="25" height="25" rx="2" {look}/>'
_TICK: Final = '<path d="m9.5 16.5 4.5 4.5 8.5-9.5" {pen}/>'
_BANG: Final = '<path d="M16 8.5v9.5" {pen}/><circle cx="16" cy="22.8" r="1.9" {fill}/>'
_LEVEL: Final = '<path d="M9 16h14" {pen}/>'
_BOTH_WAYS: Final = '<path d="M12 22V10m-3.5 3.5L12 10l3.5 3.5M20 10v12m-3.5-3.5L20 22l3.5-3.5" {pen}/>'  # fmt: skip # noqa: E501 - one drawing
_DOTS: Final = (
    '<circle cx="10" cy="16" r="1.9" {fill}/><circle cx="16" cy="16" r="1.9" {fill}/>'
    '<circle cx="22" cy="16" r="1.9" {fill}/>'
)
_CROSS: Final = '<path d="m10.5 10.5 11 11m0-11-11 11" {pen}/>'
_WAVE: Final = '<path d="m7.5 18 4-5 4.5 6.5 4.5-7 4 5" {pen}/>'
_LETTER_H: Final = '<path d="M12 10v12m8-12v12m-8-6h8" {pen}/>'
_LETTER_L: Final = '<path d="M12.5 10v12h7.5" {pen}/>'
_LETTER_P: Final = '<path d="M12.5 22.5v-12.5h4a3.6 3.6 0 0 1 0 7.2h-4" {pen}/>'
_LETTER_F: Final = '<path d="M20 10h-7.5v12.5m0-6.5h6" {pen}/>'
_ASKED: Final = (
    '<path d="M12 12.6a4 4 0 1 1 6 3.4c-1.5.9-2 1.500-2 3" {pen}/>'
    '<circle cx="16" cy="23" r="1.7" {fill}/>'
)
_DRAWN: Final = {  # the shape, the colour, the mark in it, and whether it is certain
    Sign.WORSE: (_DIAMOND, _ORANGE, _BANG, "full"),
    Sign.PERHAPS_WORSE: (_DIAMOND, _ORANGE, _BANG, "broken"),
    Sign.STEADY: (_RING, _GREY, _LEVEL, "edge"),
    Sign.PERHAPS_BETTER: (_RING, _BLUE, _TICK, "broken"),
    Sign.BETTER: (_RING, _BLUE, _TICK, "full"),
    Sign.CHANGED: (_SQUARE, _PURPLE, _BOTH_WAYS, "full"),
    Sign.PERHAPS_CHANGED: (_SQUARE, _PURPLE, _BOTH_WAYS, "broken"),
    Sign.TOO_FEW: (_RING, _GREY, _DOTS, "broken"),
    Sign.SET_ASIDE: (_RING, _GREY, _CROSS, "edge"),
}
_VARIATIONS: Final = {
    Variation.COMMON_CAUSE: (_RING, _GREY, _WAVE, "edge"),
    Variation.IMPROVEMENT_HIGH: (_RING, _BLUE, _LETTER_H, "edge"),
    Variation.IMPROVEMENT_LOW: (_RING, _BLUE, _LETTER_L, "edge"),
    Variation.CONCERN_HIGH: (_DIAMOND, _ORANGE, _LETTER_H, "edge"),
    Variation.CONCERN_LOW: (_DIAMOND, _ORANGE, _LETTER_L, "edge"),
    Variation.NEUTRAL_HIGH: (_SQUARE, _PURPLE, _LETTER_H, "edge"),
    Variation.NEUTRAL_LOW: (_SQUARE, _PURPLE, _LETTER_L, "edge"),
    Variation.NONE: (_RING, _GREY, _DOTS, "broken"),
}
_ASSURANCES: Final = {
    Assurance.CONSISTENT_PASS: (_RING, _BLUE, _LETTER_P, "edge"),
    Assurance.CONSISTENT_FAIL: (_DIAMOND, _ORANGE, _LETTER_F, "edge"),
    Assurance.INCONSISTENT: (_RING, _GREY, _ASKED, "broken"),
    Assurance.NO_LIMITS: (_RING, _GREY, _DOTS, "broken"),
    Assurance.NONE: (_RING, _GREY, _DOTS, "broken"),
}


def sign_icon(sign: Sign, *, words_beside: bool = False) -> Markup:
    """The sign of a watched series. Where its words stand beside it, it is not read out twice."""
    return _icon(sign.value, *_DRAWN[sign], words_beside=words_beside)


def variation_icon(variation: Variation, *, words_beside: bool = False) -> Markup:
    """The first icon of a Making Data Count chart: H for high, L for low, a wave for usual."""
    return _icon(variation.called, *_VARIATIONS[variation], words_beside=words_beside)


def assurance_icon(assurance: Assurance, *, words_beside: bool = False) -> Markup:
    """The second icon of such a chart: P where a target is passed, F where failed, ? where both."""
    return _icon(assurance.called, *_ASSURANCES[assurance], words_beside=words_beside)


def _icon(
    words: str, shape: str, colour: str, inside: str, way: str, *, words_beside: bool
) -> Markup:
    ground, mark = (colour, "#ffffff") if way == "full" else ("#ffffff", colour)
    dash = ' stroke-dasharray="4 3"' if way == "broken" else ""
    look = f'fill="{ground}" stroke="{colour}" stroke-width="2.5"{dash}'
    pen = (
        f'fill="none" stroke="{mark}" stroke-width="2.6" stroke-linecap="round" '
        'stroke-linejoin="round"'
    )
    body = shape.format(look=look) + inside.format(pen=pen, fill=f'fill="{mark}"')
    told = drawing.safe(words)
    named = 'aria-hidden="true"' if words_beside else f'role="img" aria-label="{told}"'
    title = "" if words_beside else f"<title>{told}</title>"
    return Markup(  # noqa: S704 - our own strokes, and words made safe
        f'<svg xmlns="http://www.w3.org/2000/svg" class="tp-sign" width="{SIZE}" height="{SIZE}" '
        f'viewBox="0 0 {SIZE} {SIZE}" focusable="false" {named}>{title}{body}</svg>'
    )
