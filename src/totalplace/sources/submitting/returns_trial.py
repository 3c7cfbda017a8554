"""A return read on trial: by the form that knows it, with nothing held."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.returns import forms as known_forms
from totalplace.sources.returns.taking import ReturnAdded, take
from totalplace.sources.rules.returns.forms import COUNTED
from totalplace.sources.rules.returns.outcome import Outcome, Tally
from totalplace.sources.rules.returns.rows import Row
from totalplace.sources.submitting.report import MOST_FAULTS, FaultFound, Report, TableFound

_SAMPLE: Final = 12


def read_returns(home: Home, path: Path, scratch: Path, *, agency: str, form: str) -> Report:
    """What a file of a return comes to; a refusal is part of the report."""
    try:
        added = take(path, known_forms.wanted(home, form), agency, scratch, {})
        _of_the_agency(added, agency)
    except Refused as refused:
        return Report(refused=(refused.what, refused.why, refused.next_step))
    return Report(
        tables=tuple(_table(o, t) for o in added.outcomes for t in o.tallies),
        faults=tuple(_faults(added.outcomes))[:MOST_FAULTS],
        notes=tuple(added.notes),
        digest=digest_of(added.outcomes),
        agrees=tuple(said for o in added.outcomes for said in o.said),
    )


def digest_of(outcomes: Sequence[Outcome]) -> str:
    """Of every line of a return, as read: two readings that agree have the same."""
    rows = "".join(repr((o.form.code, row)) for o in outcomes for row in o.rows)
    return hashlib.sha256(rows.encode("utf-8", "replace")).hexdigest()


def _of_the_agency(added: ReturnAdded, agency: str) -> None:
    """Raise Refused where the figures are not the agency's own, or its form's publisher's."""
    publisher = added.outcomes[0].form.publisher
    whose = sorted({row.body.agency for o in added.outcomes for row in o.rows})
    if (publisher is None and whose == [agency]) or (publisher and publisher.code == agency):
        return
    of = publisher.name if publisher else ", ".join(whose[:5])
    raise Refused(
        f"{added.name} cannot be given for {agency}",
        why=f"it is of {of}",
        next_step="Choose that agency, or the return of this one",
    )


def _table(found: Outcome, tally: Tally) -> TableFound:
    place = (tally.document, tally.sheet)
    rows = [r for r in found.rows if (r.spot.document, r.spot.sheet) == place]
    counted = sum(r.pence or 0 for r in rows if r.item in COUNTED)
    return TableFound(
        document=tally.document,
        sheet=tally.sheet,
        form=found.form.title,
        counts={
            "rows_in": tally.figures,
            "payments": tally.lines,
            "faults": tally.faults,
            "missing": tally.missing,
            "totals": tally.totals,
            "left_out": tally.left_out,
            "other_rows": tally.missing + tally.totals + tally.left_out,
            "sum_pence": counted,
        },
        sample=tuple((r.spot.row, _cells(r)) for r in rows[:_SAMPLE]),
        kind="return",
    )


def _cells(row: Row) -> tuple[str, ...]:
    sum_of = "missing" if row.pence is None else f"£{row.pence / 100:,.2f}"
    year = f"{row.year}-{(row.year + 1) % 100:02d}"
    return (row.spot.address, row.body.name or row.body.agency, year, row.title, row.item, sum_of)


def _faults(outcomes: Sequence[Outcome]) -> list[FaultFound]:
    return [
        FaultFound(
            f.spot.document, f.spot.sheet, f.spot.row, f.spot.column, f.found, f.why,
            f.next_step, refused=True,
        )
        for found in outcomes
        for f in found.faults
    ]  # fmt: skip
