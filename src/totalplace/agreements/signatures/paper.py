"""The text of an agreement on paper: PDF/A-3 with the very text attached, and a page to sign on.

The same text gives the same bytes, whenever it is printed.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from importlib.util import find_spec
from typing import Final

from totalplace.refusal import Refused

ATTACHED: Final = "agreement.txt"
_PAGE_POINTS: Final = 841.89  # the height of A4
_BOX: Final = (51.0, 90.0, 544.0, 66.0)  # left, first top, right and height of a box, in points
_STEP: Final = 84.0  # from one box to the next
_BOXES: Final = 8  # on a page
# PDF/A asks for a date within; a fixed one, as the text's own days are in the text.
_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)
_STYLE: Final = """
@page { size: A4; margin: 22mm 18mm;
  @bottom-left { content: string(cited); font: 8pt sans-serif; }
  @bottom-right { content: counter(page) ' of ' counter(pages); font: 8pt sans-serif; } }
@page sign { margin: 0; @bottom-left { content: '' } @bottom-right { content: '' } }
body { font: 10.5pt/1.45 'DejaVu Serif', serif; }
h1 { font-size: 17pt; margin: 0 0 2mm; string-set: cited attr(title); }
h2 { font-size: 12pt; margin: 6mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2.5mm; }
.n { display: inline-block; min-width: 11mm; }
.digest { font: 8pt 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
.sign { page: sign; break-before: page; position: relative; height: 297mm; }
.sign h2 { position: absolute; left: 18mm; top: 14mm; margin: 0; }
.box { position: absolute; left: 18mm; width: 174mm; border: 0.6pt solid #505a5f; }
.box p { font: 8pt sans-serif; margin: -4.4mm 0 0; }
"""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Whose signature goes into which box."""

    number: int
    name: str

    @property
    def field(self) -> str:
        """The field of the signature, by which it is found again."""
        return f"Signature{self.number}"


@dataclass(frozen=True, slots=True)
class Box:
    """Where a signature stands: page from the last one backwards, and corners in points."""

    pages_from_end: int
    corners: tuple[float, float, float, float]


def require_documents() -> None:
    """Raise Refused where the programs that print and sign are not installed."""
    lacking = [name for name in ("pyhanko", "weasyprint") if find_spec(name) is None]
    if lacking:
        raise Refused(
            "Nothing can be printed, signed or checked here",
            why=f"the extra 'documents' is not installed ({' and '.join(lacking)})",
            next_step='Install it with: pip install "totalplace[documents]"',
        )


def printed(text: str, digest: str, signatories: Sequence[Signatory]) -> bytes:
    """The text as PDF/A-3b with itself attached, and a box for each signatory.

    Raises Refused where nothing can be printed here.
    """
    require_documents()
    # Not loaded before it is needed: that takes seconds.
    from weasyprint import HTML, Attachment  # type: ignore[import-untyped]

    with on_one_day(_DAY):
        attached = Attachment(
            string=text.encode(), name=ATTACHED, description=f"The text; SHA-256 {digest}",
            relationship="Source", created=_DAY, modified=_DAY,
        )  # fmt: skip
        made: bytes | None = HTML(string=_html(text, digest, signatories)).write_pdf(
            pdf_variant="pdf/a-3b",
            pdf_identifier=digest[:32].encode(),
            attachments=[attached],
            custom_metadata=True,
        )
    if made is None:
        raise ValueError("nothing was printed")
    return made


def stamp(lines: Sequence[str]) -> bytes:
    """What is seen in the box of a signature, as a page of its size with its fonts in it."""
    from weasyprint import HTML

    left, _, right, height = _BOX
    shown = "".join(f"<p>{escape(line)}</p>" for line in lines)
    style = (
        f"@page {{ size: {right - left}pt {height}pt; margin: 5pt 8pt }}"
        "p { font: 8pt/1.35 'DejaVu Sans', sans-serif; margin: 0 }"
        "p:first-child { font-weight: bold }"
    )
    with on_one_day(_DAY):
        made: bytes | None = HTML(string=f"<style>{style}</style>{shown}").write_pdf(
            pdf_variant="pdf/a-3b", pdf_identifier=b"stamp"
        )
    if made is None:
        raise ValueError("nothing was printed")
    return made


def box_of(number: int, of: int) -> Box:
    """Where the signature of a number stands, of so many."""
    pages = -(-of // _BOXES)
    page, row = divmod(number - 1, _BOXES)
    left, top, right, height = _BOX
    upper = _PAGE_POINTS - (top + row * _STEP)
    return Box(pages - 1 - page, (left, upper - height, right, upper))


def _html(text: str, digest: str, signatories: Sequence[Signatory]) -> str:
    lines = text.split("\n")
    cited, title = lines[0].removeprefix("AGREEMENT "), lines[1]
    body = "".join(_shown(line) for line in lines[2:] if line)
    pages = "".join(_page(signatories, first) for first in range(0, len(signatories), _BOXES))
    return (
        f"<!doctype html><html lang='en-GB'><head><title>{escape(title)}</title>"
        f"<style>{_STYLE}</style></head><body><h1 title='Agreement {escape(cited)}'>"
        f"{escape(title.strip('“”'))}</h1><p>Agreement {escape(cited)}</p>{body}"
        f"<p class='digest'>The text is attached to this document as {ATTACHED}. Its SHA-256 is "
        f"{digest}</p>{pages}</body></html>"
    )


def _shown(line: str) -> str:
    number, _, words = line.partition(" ")
    if number.endswith(".") and number[:-1].isdigit():
        return f"<h2>{escape(line)}</h2>"
    if number.replace(".", "").isdigit():
        return f"<p><span class='n'>{escape(number)}</span> {escape(words)}</p>"
    return f"<p>{escape(line)}</p>"


def _page(signatories: Sequence[Signatory], first: int) -> str:
    _, top, _, height = _BOX
    boxes = "".join(
        f"<div class='box' style='top:{top + row * _STEP}pt;height:{height}pt'>"
        f"<p>{one.number}. {escape(one.name)}</p></div>"
        for row, one in enumerate(signatories[first : first + _BOXES])
    )
    return f"<div class='sign'><h2>Signatures</h2>{boxes}</div>"


@contextmanager
def on_one_day(day: datetime) -> Iterator[None]:
    """Print as on one day, so that the same text gives the same bytes."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(day.timestamp()))
    try:
        with warnings.catch_warnings():
            # The library leaves a file of its own open until it is forgotten.
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
