"""An officer overrules what the count made of a line, with a reason, on the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from totalplace.count import models
from totalplace.count.definitions.services import services
from totalplace.count.rules.rulings import SAYINGS, Subject
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that a ruling is about: words as published, empty for any; or one row of a file."""

    payee: str = ""
    unit: str = ""
    purpose: str = ""
    detail: str = ""
    file: str = ""  # SHA-256
    sheet: str = ""
    row: int | None = None


@transaction.atomic
def rule(
    agency: str, subject: Subject, lines: Lines, *, said: str, reason: str, by: Who, on: datetime
) -> int:
    """Rule on lines of an agency; returns the ruling's number. It holds from the next edition on.

    Raises Refused for an agency that is not registered, for a ruling without a reason or about no
    lines in particular, and for what cannot be said of its subject.
    """
    of = places.agency(agency)
    power = places.power(by, Act.RULE, agency=agency, on=on)
    _check(subject, lines, said, reason)
    row = models.Ruling.objects.create(
        agency_id=of.id,
        subject=subject.value,
        payee=lines.payee,
        unit=lines.unit,
        purpose=lines.purpose,
        detail=lines.detail,
        file=lines.file,
        sheet=lines.sheet,
        row=lines.row,
        said=said,
        reason=reason.strip(),
        by=by.name,
        on=on,
    )
    about = Citation("ruling", str(row.pk))
    citing = f"{agency}, {subject}: {said}. {reason}"
    record.write(by.name, "ruled", about=about, on=on, power=power, citing=citing)
    return row.pk


@transaction.atomic
def withdraw(number: int, *, reason: str, by: Who, on: datetime) -> None:
    """Take a ruling back. Raises Refused where there is none, or it was taken back before."""
    ruling = models.Ruling.objects.filter(pk=number).first()
    if ruling is None or ruling.withdraws_id is not None:
        raise Refused(
            f"There is no ruling {number} to withdraw",
            why="none has that number",
            next_step="See them with: totalplace count rulings",
        )
    if models.Ruling.objects.filter(withdraws=ruling).exists():
        raise Refused(
            f"Ruling {number} cannot be withdrawn",
            why="it was withdrawn before",
            next_step="Make a new ruling if it is to hold again",
        )
    _needs_reason(reason)
    power = places.power(by, Act.RULE, agency=ruling.agency.code, on=on)
    models.Ruling.objects.create(
        agency=ruling.agency, subject=ruling.subject, said="withdrawn", reason=reason.strip(),
        withdraws=ruling, by=by.name, on=on,
    )  # fmt: skip
    about = Citation("ruling", str(number))
    record.write(by.name, "withdrew a ruling", about=about, on=on, power=power, citing=reason)


def _check(subject: Subject, lines: Lines, said: str, reason: str) -> None:
    _needs_reason(reason)
    what = f"The {subject} of these lines cannot be ruled to be {said!r}"
    if subject is Subject.COPY:
        named = bool(lines.file) and lines.row is not None
    elif subject is Subject.PURPOSE:
        named = any((lines.payee, lines.unit, lines.purpose, lines.detail))
    else:
        named = bool(lines.payee)
    if not named:
        raise Refused(
            what,
            why="it is not said which lines are meant",
            next_step="Name the file and row of a copy; for all else, words that stand beside it",
        )
    if subject is Subject.PURPOSE and said not in services():
        raise Refused(
            what,
            why="it is no service of the list",
            next_step=f"Choose one of {', '.join(services())}",
        )
    sayings = SAYINGS.get(subject)
    if sayings and said not in sayings:
        raise Refused(what, why="that cannot be said", next_step=f"Say {' or '.join(sayings)}")
    if not said.strip():
        raise Refused(what, why="nothing was said", next_step="Name the body, or say what it is")


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(
            "A ruling cannot be without a reason",
            why="whoever reads the count has to be told why it differs from what was published",
            next_step="Give the reason in a sentence",
        )
