"""Writing on the record: the only way in, one entry for one act, in the act's own transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import connection, transaction

from totalplace.record import models, queries
from totalplace.record.rules import chain
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@transaction.atomic
def write(
    by: str,
    verb: str,
    *,
    about: Citation,
    on: datetime,
    power: str = "",
    citing: str = "",
) -> chain.Entry:
    """Put an act on the record, after the last entry, and return the entry.

    Other writers wait until this transaction ends, so write last in it. Raises Refused where it
    is not said who acted, what they did or to what, or where the time has no zone.
    """
    _check(by, verb, about, on)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('totalplace.record'))")
    last = queries.last_entry()
    number, previous = (last.number + 1, last.digest) if last else (1, chain.BEGINNING)
    said = chain.Entry(number, on, by, verb, about, power, citing, previous, digest="")
    entry = replace(said, digest=chain.digest(said))
    models.Entry.objects.create(
        number=entry.number,
        on=entry.on,
        by=entry.by,
        verb=entry.verb,
        about_kind=about.kind,
        about_id=about.id,
        power=entry.power,
        citing=entry.citing,
        previous=entry.previous,
        digest=entry.digest,
    )
    return entry


def _check(by: str, verb: str, about: Citation, on: datetime) -> None:
    what = "The act cannot be put on the record"
    if not (by.strip() and verb.strip() and about.kind.strip()):
        why = "an entry says who did what, and to what"
        raise Refused(what, why=why, next_step="Say all three")
    if on.tzinfo is None:
        why = "its time does not say its time zone"
        raise Refused(what, why=why, next_step="Give a time with its zone")
