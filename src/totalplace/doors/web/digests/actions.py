"""An officer says whether they want digests; and a digest that was sent is noted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from totalplace.doors.web.digests.models import Digest
from totalplace.monitoring.queries.answering import latest
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@transaction.atomic
def choose(code: str, *, wanted: bool, on: datetime) -> None:
    """Want digests, or no more. Raises Refused where an officer without an address wants them."""
    account = get_user_model().objects.get(code=code)
    if wanted and not account.email:
        raise Refused(
            "No digest can be sent to you",
            why="no e-mail address is known of you",
            next_step="Ask an administrator to add it",
        )
    found, made = Digest.objects.get_or_create(
        officer=account, defaults={"wanted": wanted, "changed_at": on}
    )
    if not made and found.wanted == wanted:
        return
    if not made:
        Digest.objects.filter(pk=found.pk).update(wanted=wanted, changed_at=on)
    verb = "asked for e-mail digests" if wanted else "ended e-mail digests"
    record.write(code, verb, about=Citation("officer", code), on=on)


@dataclass(frozen=True, slots=True)
class Follows:
    """What somebody follows: whether at all, which places, which kinds; none named means all."""

    wanted: bool
    places: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


@transaction.atomic
def follow(code: str, what: Follows, *, on: datetime) -> None:
    """Want findings by e-mail, once a week, or no more. What was found before is not told.

    Raises Refused where an officer without an address wants them.
    """
    account = get_user_model().objects.get(code=code)
    if what.wanted and not account.email:
        raise Refused(
            "No e-mail can be sent to you",
            why="no e-mail address is known of you",
            next_step="Ask an administrator to add it",
        )
    found, _ = Digest.objects.get_or_create(officer=account, defaults={"changed_at": on})
    before = Follows(found.findings, tuple(found.places), tuple(found.subjects))
    if before == what:
        return
    begins = what.wanted and not found.findings
    Digest.objects.filter(pk=found.pk).update(
        findings=what.wanted, places=list(what.places), subjects=list(what.subjects),
        changed_at=on, **(_latest() if begins else {}),
    )  # fmt: skip
    verb = "asked for e-mail of findings" if what.wanted else "ended e-mail of findings"
    record.write(code, verb, about=Citation("officer", code), on=on)


def _latest() -> dict[str, int]:
    """From where on findings and moves are news."""
    upto, moves = latest()
    return {"findings_upto": upto, "moves_upto": moves}


def told_findings(code: str, *, upto: tuple[int, int], on: date | None) -> None:
    """Note that findings, and moves of answers, up to these are no news, and on which day sent.

    None: nothing was sent, for none of it is of what they follow.
    """
    findings, moves = upto
    said = {"findings_sent_on": on} if on else {}
    Digest.objects.filter(officer__code=code).update(
        findings_upto=Greatest("findings_upto", Value(findings)),
        moves_upto=Greatest("moves_upto", Value(moves)),
        **said,
    )


def sent(code: str, on: date) -> None:
    """Note that a digest was sent on a day, so that none is sent twice on it."""
    Digest.objects.filter(officer__code=code).update(last_sent_on=on)
