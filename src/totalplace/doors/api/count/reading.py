"""The edition of an address, for whoever asks; and of which files a body's figures are."""

from __future__ import annotations

from django.http import Http404

from totalplace.count.queries.editions import EditionRow
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.count import shown
from totalplace.doors.web.count.opening import Reading, edition_read, place_named, was_signed_off
from totalplace.doors.web.showing import now
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Act


def read(by: Asker, place: str, year: str, number: int) -> Reading:
    """An edition that is asked for. One that may not be read is not there: a 404."""
    named = place_named(place)
    try:
        label = FinancialYear.parse(year).label
    except ValueError as error:
        raise Http404(f"{year} is no financial year") from error
    return edition_read(named.code, label, number, by.reading(Act.READ_UNPUBLISHED), now())


def edition_of(row: EditionRow) -> shown.Edition:
    """An edition as it is told."""
    return shown.Edition(
        edition=row.citation, place=row.place, year=row.year, number=row.number,
        digest=row.digest, standing=row.standing.value, signed_off=was_signed_off(row), by=row.by,
        on=row.on,
        moves=[
            shown.EditionMove(
                verb=m.verb, after=m.after.value, agency=m.agency, reason=m.reason, on=m.on
            )
            for m in row.moves
        ],
    )  # fmt: skip


def files_of(reading: Reading, agency: str, *, payments: bool | None = None) -> list[str]:
    """The files that a body's figures were read from: of payments, of returns, or of both."""
    return sorted(
        {
            f.sha256
            for f in reading.opened.files_of(agency)
            if payments is None or (f.what == "payments") is payments
        }
    )
