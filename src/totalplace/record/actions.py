"""Writing on the record: the only way in, one entry for one act, in the act's own transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from totalplace.record import models, queries
from totalplace.record.rules import chain, heads
from totalplace.record.rules.chain import Citation
from totalplace.record.rules.heads import Head, PrivateKey
from totalplace.record.turns import take_turn
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
    _wait_for_others()
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


@transaction.atomic
def publish_head(by: str, *, key: PrivateKey, on: datetime, power: str = "") -> Head:
    """Sign how far the record goes, keep the head, and put that on the record.

    A key that signs for the first time is put on the record before, so that heads and record name
    each other. Where nothing was done since the last head with this key, that head is returned.
    This room knows no mandates: its caller asks for the power first. Raises Refused as `write`
    does.
    """
    _wait_for_others()
    last, own = queries.last_entry(), heads.public_key(key)
    before = queries.last_head()
    if last is not None and before is not None and before.key == own:
        published = (last.verb, last.about) == (heads.PUBLISHED, _of(before))
        if published and last.number == before.number + 1:
            return before
    named = [
        entry for entry in queries.about(Citation(heads.KEY, own)) if entry.verb == heads.BEGAN
    ]
    if last is None or not named:
        last = write(by, heads.BEGAN, about=Citation(heads.KEY, own), on=on, power=power)
    head = heads.sign(last, key, on=on)
    models.Head.objects.create(
        number=head.number,
        digest=head.digest,
        on=head.on,
        key=head.key,
        signature=head.signature,
    )
    write(by, heads.PUBLISHED, about=_of(head), on=on, power=power, citing=head.digest)
    return head


def _of(head: Head) -> Citation:
    return Citation(heads.HEAD, str(head.number))


def _wait_for_others() -> None:
    """One writer at a time, until it commits: the lock that the database itself asks for too."""
    take_turn("totalplace.record")


def _check(by: str, verb: str, about: Citation, on: datetime) -> None:
    what = "The act cannot be put on the record"
    if not (by.strip() and verb.strip() and about.kind.strip()):
        why = "an entry says who did what, and to what"
        raise Refused(what, why=why, next_step="Say all three")
    if on.tzinfo is None:
        why = "its time does not say its time zone"
        raise Refused(what, why=why, next_step="Give a time with its zone")
