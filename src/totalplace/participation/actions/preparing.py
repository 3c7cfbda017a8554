"""Preparing a hearing: begun, written section by section, given its papers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from totalplace.decisions.rules.days import local_day
from totalplace.participation import models
from totalplace.participation.actions.acting import (
    Opened,
    in_draft,
    move,
    one_at_a_time,
    opened,
    write,
)
from totalplace.participation.definitions import hearings as definitions
from totalplace.participation.queries.hearings import hearing
from totalplace.participation.queries.rows import KIND, HearingRow
from totalplace.participation.rules.drafts import SECTIONS, Draft, as_said, read, section_of
from totalplace.participation.rules.hearings import Verb
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@transaction.atomic
def begin(
    about: Citation, *, place: str, agency: str, draft: Draft | None = None, by: Who, on: datetime
) -> HearingRow:
    """Begin a hearing about a proposal, as a draft that nobody but its officers sees.

    Raises Refused where the accountable agency is none of the place, or nothing is cited.
    """
    of, accountable = places.place(place), places.agency(agency)
    power = places.power(by, Act.PREPARE_HEARING, place=place, on=on)
    if agency not in {one.agency.code for one in places.members(place, on=local_day(on))}:
        raise Refused(
            f"{accountable.name} cannot hold a hearing in {of.name}",
            why="it is no member of that place",
            next_step=f"Join it with: totalplace places join {place} {agency}",
        )
    if not about.kind.strip() or not about.id.strip():
        raise Refused(
            "The hearing cannot be begun",
            why="it is not said what it is about",
            next_step="Cite the proposal, such as: targets wexshire/1",
        )
    one_at_a_time()
    made = models.Hearing.objects.create(
        number=models.Hearing.objects.count() + 1,
        place_id=of.id,
        agency_id=accountable.id,
        about_kind=about.kind,
        about_id=about.id,
        by=by.name,
        on=on,
    )
    for name in SECTIONS if draft is not None else ():
        said = as_said(section_of(draft or Draft(), name))
        models.HearingSection.objects.create(
            hearing=made, name=name, said=said, by=by.name, on=on
        )  # fmt: skip
    cited = Citation(KIND, str(made.number))
    record.write(by.name, "began a hearing", about=cited, on=on, power=power, citing=str(about))
    return hearing(made.number)


@transaction.atomic
def write_section(
    number: int, name: str, said: Mapping[str, Any], *, by: Who, on: datetime
) -> HearingRow:
    """Save a section of a draft, as it stands; the last that was saved counts.

    Raises Refused once the hearing is open, and for a section or a key that a hearing has not.
    """
    this = opened(number, Act.PREPARE_HEARING, by=by, on=on)
    in_draft(this, f"The section '{name}' cannot be changed")
    kept = as_said(read(name, said))
    models.HearingSection.objects.create(
        hearing_id=this.row.id, name=name, said=kept, by=by.name, on=on
    )
    return write(this, "wrote a section", citing=name)


@transaction.atomic
def add_paper(
    number: int, title: str, *, file_name: str, content: bytes, by: Who, on: datetime
) -> HearingRow:
    """Add a paper to a draft; its bytes are kept in the records, under their SHA-256.

    Raises Refused once the hearing is open (see `add_late_paper`), for a kind of file that is not
    allowed, an empty one and one that is too large.
    """
    this = opened(number, Act.PREPARE_HEARING, by=by, on=on)
    in_draft(this, "The paper cannot be added in this way")
    kept = keep_paper(this, title, file_name=file_name, content=content)
    return write(this, "added a paper", citing=f"{kept.number}: {kept.title}, {kept.sha256}")


@transaction.atomic
def leave_out_paper(number: int, paper: int, *, by: Who, on: datetime) -> HearingRow:
    """Leave a paper out of a draft again. Raises Refused once the hearing is open."""
    this = opened(number, Act.PREPARE_HEARING, by=by, on=on)
    in_draft(this, "The paper cannot be left out")
    if paper not in {one.number for one in this.row.papers}:
        raise Refused(
            f"The hearing has no paper {paper}",
            why="none of its papers has that number, or it is left out already",
            next_step=f"See them with: totalplace participation show {number}",
        )
    found = models.HearingPaper.objects.get(hearing_id=this.row.id, number=paper)
    models.PaperLeftOut.objects.create(paper=found, by=by.name, on=on)
    return write(this, "left a paper out", citing=str(paper))


@transaction.atomic
def withdraw(number: int, *, reason: str, by: Who, on: datetime) -> HearingRow:
    """Withdraw a hearing that is not concluded: nothing can be adopted by it any more."""
    this = opened(number, Act.PREPARE_HEARING, by=by, on=on)
    move(this, Verb.WITHDRAW, reason=reason)
    return write(this, "withdrew", citing=reason.strip())


def keep_paper(
    this: Opened, title: str, *, file_name: str, content: bytes,
    late: models.HearingMove | None = None,
) -> models.HearingPaper:  # fmt: skip
    """Keep the bytes of a paper, and the paper. Raises Refused for what is none."""
    name = file_name.replace("\\", "/").rpartition("/")[2].strip()
    most, endings = definitions.paper_limits()
    ending = name.rpartition(".")[2].lower()
    what = f"{name or 'The paper'} cannot be added"
    if not title.strip():
        raise Refused(what, why="it has no title", next_step="Give what it is, in a few words")
    if not re.fullmatch(r"[^\x00-\x1f\x7f]{1,180}", name) or ending not in endings:
        raise Refused(
            what,
            why=f"a paper is a file that people can open: {', '.join(endings)}",
            next_step="Save it as a PDF or as a spreadsheet, and add that",
        )
    if not 0 < len(content) <= most:
        raise Refused(
            what,
            why="it is empty" if not content else f"it is larger than {most // 10**6} MB",
            next_step="Save it anew, without pictures that nobody needs",
        )
    sha256 = hashlib.sha256(content).hexdigest()
    if not models.PaperBytes.objects.filter(sha256=sha256).exists():
        models.PaperBytes.objects.create(
            sha256=sha256, content=content, by=this.by.name, on=this.on
        )  # fmt: skip
    return models.HearingPaper.objects.create(
        hearing_id=this.row.id,
        number=models.HearingPaper.objects.filter(hearing_id=this.row.id).count() + 1,
        title=title.strip(),
        file_name=name,
        sha256=sha256,
        size=len(content),
        late=late,
        by=this.by.name,
        on=this.on,
    )
