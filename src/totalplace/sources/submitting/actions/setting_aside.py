"""A held file that a later one replaces: it stays held, and none of its rows is counted."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.sources.actions import record_parts, rests_without
from totalplace.sources.erasing.held import readings_of
from totalplace.sources.home import Home
from totalplace.sources.models import Reading, SourceFile, Superseded
from totalplace.sources.submitting.models import SetAside
from totalplace.sources.turns import one_at_a_time

_COUNTS = (
    "rows_in", "preamble_rows", "header_rows", "blank_rows", "total_rows", "payments", "cards",
    "commitments", "faults", "sum_pence", "cards_pence", "commitments_pence", "faults_pence",
    "totals_pence", "negative_payments", "duplicates_flagged", "redacted", "cells_not_read",
    "undated", "trailing_minus", "serial_dates",
)  # fmt: skip


def set_aside(home: Home, earlier: str, later: str, *, by: Who, on: datetime) -> None:
    """Count the file of a hash no more, as another was added in its place.

    Done twice it changes nothing. Raises Refused where `by` may not give figures of its agency.
    """
    file = SourceFile.objects.select_related("agency").get(sha256=earlier)
    if SetAside.objects.filter(file=file).exists():
        return
    power = places.power(by, Act.GIVE_FIGURES, agency=file.agency.code, on=on)
    with one_at_a_time(home) as scratch:
        digest = hashlib.sha256(f"{earlier} set aside for {later}".encode()).hexdigest()
        rests = rests_without(file, digest, scratch)
        kept = [(rest, written) for _, rest, written in rests if rest.rows]
        home.placing(scratch, [f"holdings/{rest.path}" for rest, _ in kept])
        for rest, written in kept:
            home.keep_part(written, rest.path)
        home.settle()
        with transaction.atomic():
            Reading.objects.bulk_create(_read_as_nothing(each, on) for each in readings_of(file))
            for held, rest, _ in rests:
                Superseded.objects.create(holding=held)
                if rest.rows:
                    others = SourceFile.objects.filter(held_in__holding=held).exclude(pk=file.pk)
                    record_parts([rest], others)
            by_file = SourceFile.objects.get(sha256=later)
            SetAside.objects.create(file=file, by_file=by_file, by=by.name, on=on)
            about = Citation("file", earlier)
            citing = f"{by_file.name} was added in place of {file.name}"
            record.write(by.name, "set a file aside", about=about, on=on, power=power,
                         citing=citing)  # fmt: skip
        home.placed(scratch)


def _read_as_nothing(before: Reading, on: datetime) -> Reading:
    """The table as it now counts: with no rows, and with why."""
    last = Reading.objects.filter(file=before.file).aggregate(last=Max("turn"))["last"]
    same = ("file_id", "document", "sheet", "content_sha256", "encoding", "digest", "vat_basis",
            "period_first", "period_last", "columns")  # fmt: skip
    return Reading(
        **{name: getattr(before, name) for name in same},
        **dict.fromkeys(_COUNTS, 0),
        notices=[f"Not counted since {on:%Y-%m-%d}: a later file was given in its place."],
        turn=last + 1,
    )
