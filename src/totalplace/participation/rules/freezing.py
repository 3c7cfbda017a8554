"""What is frozen when a hearing opens: one text of all that people are asked, and its digest.

SHA-256 (FIPS 180-4) over the text; the database computes it again and refuses another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from totalplace.participation.rules.drafts import SECTIONS, Draft, as_said, section_of
from totalplace.record.rules.chain import Citation


@dataclass(frozen=True, slots=True)
class Affected:
    """An agency with money or a target in a proposal, asked by right, and what is at stake."""

    agency: str
    pence: int | None = None  # None: not known, or no money
    stake: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is frozen besides the draft."""

    about: Citation
    papers: Sequence[tuple[int, str, str]]  # number, title, SHA-256
    asked: Sequence[Affected]
    others: Sequence[str]
    questions: Sequence[str]


def text_of(draft: Draft, frozen: Frozen) -> str:
    """All that people are asked, as one JSON text in which nothing is written in two ways."""
    said = {name: as_said(section_of(draft, name)) for name in SECTIONS}
    whole = {
        "about": [frozen.about.kind, frozen.about.id],
        "asked": [[one.agency, one.pence, one.stake] for one in frozen.asked],
        "others": list(frozen.others),
        "papers": [list(paper) for paper in frozen.papers],
        "questions": list(frozen.questions),
        "said": said,
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """The digest of what is frozen."""
    return hashlib.sha256(text.encode()).hexdigest()


def once(affected: Iterable[Affected]) -> list[Affected]:
    """Each agency once, by its code: what is at stake for it is added up in pence and in words."""
    found: dict[str, Affected] = {}
    for one in sorted(affected, key=lambda said: said.agency):
        before = found.get(one.agency)
        if before is None:
            found[one.agency] = one
            continue
        known = [pence for pence in (before.pence, one.pence) if pence is not None]
        stake = "; ".join(filter(None, (before.stake, one.stake)))
        found[one.agency] = Affected(one.agency, sum(known) if known else None, stake)
    return list(found.values())
