"""The colours of pictures, in light and in dark, and the style that a page needs for them.

Tests hold every pair that meets to WCAG 2.2: text to 4.5 (1.4.3), marks beside paper to 3 (1.4.11).
Nothing is told by colour alone: marks carry names, and how sure a sum is stands as a pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours as #rrggbb. Deep ones carry text in `on`; tints carry text in `ink`."""

    paper: str
    ink: str
    soft: str
    line: str
    on: str
    shade: str  # the marks of a pattern on a deep colour: away from `on`, so that text stays plain
    deep: tuple[str, ...]
    tint: tuple[str, ...]


OTHERS: Final = 8  # the colour of what is put together
LIGHT: Final = Scheme(
    paper="#ffffff", ink="#14213d", soft="#4a5568", line="#cbd5d8", on="#ffffff", shade="#000000",
    deep=("#0b5c63", "#9a4a12", "#5b3a8c", "#1f4e8c", "#a02c4d", "#2f6b2f", "#6b5a1e", "#7a3f6b",
          "#4d5964"),
    tint=("#a5d3d0", "#f2c9a5", "#d2c4ec", "#b0cdf0", "#f2bac7", "#b9dbae", "#dfd4a1", "#e4c3da",
          "#cdd5da"),
)  # fmt: skip
DARK: Final = Scheme(
    paper="#121b22", ink="#e8eef1", soft="#b6c3ca", line="#44525b", on="#0b1116", shade="#ffffff",
    deep=("#53aeab", "#dc9457", "#ab92da", "#74a4df", "#e2839a", "#79b66b", "#bcaa59", "#c78bb5",
          "#98a5ae"),
    tint=("#1d5356", "#673d18", "#47346f", "#23456f", "#6a2a3c", "#2b5128", "#51481c", "#5a3350",
          "#39434b"),
)  # fmt: skip
HUES: Final = OTHERS  # a ninth name begins again at the first colour; names tell them apart


def hue(place: int) -> int:
    """The colour of the name at a place in an order, the largest first."""
    return place % HUES


def _variables(scheme: Scheme) -> str:
    single = ("paper", "ink", "soft", "line", "on", "shade")
    found = [f"--pic-{name}:{getattr(scheme, name)}" for name in single]
    found += [f"--pic-d{place}:{colour}" for place, colour in enumerate(scheme.deep)]
    found += [f"--pic-t{place}:{colour}" for place, colour in enumerate(scheme.tint)]
    return ";".join(found)


# Geometric precision: else letters are as wide as whole pixels, and wider than was measured.
_FIXED: Final = """
.pic{margin:0 0 1rem;break-inside:avoid;forced-color-adjust:none}
.pic figcaption{font-weight:700;line-height:1.3;margin:0 0 .5rem}
.pic svg{display:block;width:100%;height:auto;background:var(--pic-paper);
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}
.pic text{fill:var(--pic-ink);pointer-events:none;text-rendering:geometricPrecision}
.pic text.soft{fill:var(--pic-soft)}.pic text.on{fill:var(--pic-on)}
.pic text.b{font-weight:700}.pic text.m{text-anchor:middle}.pic text.e{text-anchor:end}
.pic text.halo{paint-order:stroke;stroke:var(--pic-paper);stroke-width:3px;stroke-linejoin:round}
.pic .paper{fill:var(--pic-paper)}.pic .inkfill{fill:var(--pic-ink)}
.pic .gap{stroke:var(--pic-paper);stroke-width:1.5px}
.pic .fence{fill:none;stroke:var(--pic-paper);stroke-width:5px}
.pic .rule{stroke:var(--pic-line);stroke-width:1px}
.pic .axis{stroke:var(--pic-soft);stroke-width:1px}
.pic .under{stroke:var(--pic-on);stroke-width:1px;opacity:.6}
.pic .shade{stroke:var(--pic-shade);stroke-width:2px;opacity:.3}
.pic .dot{fill:var(--pic-shade);opacity:.34}
.pic .edge{stroke:var(--pic-soft);stroke-width:1px}
.pic .cross{stroke:var(--pic-soft);stroke-width:1.2px}
.pic .band{fill-opacity:.8;stroke-width:.7px}
.pic-m,.pic-w{display:none}
@media (min-width:35rem){.pic-n{display:none}.pic-m{display:block}}
@media (min-width:62rem){.pic-m{display:none}.pic-w{display:block}}
"""


def style(*, follows_dark: bool = True) -> str:
    """The style of every picture, once for a page. On paper the light colours stand.

    A page that is always light says that its pictures do not follow a dark screen.
    """
    numbers = range(OTHERS + 1)
    fills = "".join(f".pic .d{n}{{fill:var(--pic-d{n})}}.pic .t{n}{{fill:var(--pic-t{n})}}"
                    f".pic .k{n}{{stroke:var(--pic-d{n})}}" for n in numbers)  # fmt: skip
    dark = f"@media screen and (prefers-color-scheme:dark){{.pic{{{_variables(DARK)}}}}}"
    return f".pic{{{_variables(LIGHT)}}}\n{dark if follows_dark else ''}{_FIXED}{fills}\n"
