"""A count made ready to be frozen, and made again from the files of an edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from totalplace import engines
from totalplace.count.definitions.services import services
from totalplace.count.definitions.whole_place import hashes
from totalplace.count.queries.known import counted_bodies
from totalplace.count.queries.whole_place import Built
from totalplace.count.rules.whole_place.beside import FileTold, beside, plain_beside
from totalplace.count.rules.whole_place.from_returns import Figure
from totalplace.count.rules.whole_place.frozen import Freezing, digest, plain
from totalplace.count.rules.whole_place.statements import bridges, statements
from totalplace.count.rules.whole_place.whole import SourceUsed, WholePlace
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.sources import queries as sources


def ready_to_freeze(built: Built) -> Freezing:
    """A count as an edition would hold it."""
    said = plain(built.whole, built.rulings, hashes())
    year = FinancialYear.parse(built.whole.year)
    told = beside(
        built.whole,
        services().values(),
        files_told(built.whole, built.returned),
        (statements(built.returned), bridges(built.returned)),
        receivers_of(built.whole),
    )
    return Freezing(
        place=built.whole.place,
        year_start=year.start,
        plain=said,
        digest=digest(said, _rows(built.cube, year)),
        files=tuple(file for file in (built.cube, built.months) if file),
        beside=plain_beside(told),
    )


def receivers_of(whole: WholePlace) -> dict[str, str]:
    """The agency of each member that was paid by another, by the code it was recognised by."""
    counted = counted_bodies([m.agency for m in places.members(whole.place)]).agencies
    return {f.receiver: counted[f.receiver] for f in whole.flows if f.receiver in counted}


def files_told(whole: WholePlace, returned: Iterable[Figure]) -> list[FileTold]:
    """The tables that a count was made from: payments by agency, returns by body and form."""
    used = {s.sha256 for s in whole.sources if s.what == "payments"}
    agencies = sorted({e.agency for e in whole.explained})
    paid = [
        FileTold(
            row.sha256, row.agency, row.document, row.sheet, row.publisher, row.licence,
            "payments", row.payments, row.sum_pence, row.taken_on, row.first_date, row.last_date,
        )
        for row in sources.readings(agencies=agencies)
        if row.sha256 in used
    ]  # fmt: skip
    return [*paid, *_returns_told(whole, returned)]


def _returns_told(whole: WholePlace, returned: Iterable[Figure]) -> Iterator[FileTold]:
    """Of each body, the documents that its figures were read from."""
    rows: dict[tuple[str, str, str], int] = defaultdict(int)
    for figure in returned:
        rows[figure.body or figure.body_name, figure.source, figure.form] += 1
    documents: dict[tuple[str, str], SourceUsed] = {
        (s.document, s.what): s for s in whole.sources if s.what != "payments"
    }
    for (agency, document, form), count in sorted(rows.items()):
        file = documents.get((document, form))
        if file is not None:
            yield FileTold(
                file.sha256, agency, document, "", file.publisher, file.licence, form, count, None
            )


def _rows(cube: Path | None, year: FinancialYear) -> Iterator[list[Any]]:
    """The cube's rows of a year, in an order that does not hang on the engine's."""
    if cube is None:
        return
    rows = engines.ask("count/cube_of_year", {"cube": [cube]}, year_start=year.start)
    yield from sorted(([row[name] for name in sorted(row)] for row in rows), key=str)
