"""What is shown beside a whole-place count, and the files it is written to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from totalplace.doors.cli.session import Session

if TYPE_CHECKING:
    from totalplace.count.queries.whole_place import Built
    from totalplace.count.rules.whole_place.changes import Change
    from totalplace.count.rules.whole_place.whole import WholePlace
    from totalplace.doors.report.whole import EditionShown, Similar, Themes

_NOTABLE: Final = 5  # one part in so many, from which a rise or fall is taken apart


def beside_of(session: Session, built: Built, said: dict[str, Any]) -> dict[str, Any]:
    """What a report shows beside a count: titles, other counts, changes, its edition, themes."""
    from totalplace.doors.report.whole import Titles

    return {
        "titles": Titles.known(),
        "similar": [*_known(built.whole), *_alike(session, built.whole, said["similar"])],
        "changes": list(_changes(session, built)),
        "edition": _edition(built),
        "themes": _themes(said["themes"]),
        "in_prices_of": said["prices_of"],
    }


def write_place(whole: WholePlace, beside: dict[str, Any], said: dict[str, Any]) -> list[Path]:
    """Write the count in each form that a file was named for; returns the files."""
    from totalplace.doors.cli.count.payments import put
    from totalplace.doors.report.whole import (
        whole_page,
        whole_parquet,
        whole_table,
        whole_workbook,
    )

    # A byte-order mark, so that Excel reads the names in the CSV as they are written.
    forms: dict[str, Callable[[], bytes]] = {
        "html": lambda: whole_page(whole, **beside).encode(),
        "xlsx": lambda: whole_workbook(whole, **beside),
        "csv": lambda: whole_table(whole, titles=beside["titles"]).encode("utf-8-sig"),
    }
    written = [put(forms[form](), said[form]) for form in forms if said[form] is not None]
    if said["parquet"] is not None:
        whole_parquet(whole, said["parquet"])
        written.append(said["parquet"])
    return written


def _known(whole: WholePlace) -> Iterator[Similar]:
    from totalplace.doors.report.whole import Similar

    for known in whole.known:
        yield Similar(
            name=known.title,
            year=known.year,
            pence=known.pence,
            people=None,
            rule="what the place itself said",
            source="definitions of known counts",
            why=known.note,
            parts=known.parts,
        )


def _alike(session: Session, whole: WholePlace, path: Path | None) -> Iterator[Similar]:
    """The place's own council and those that a publisher calls most like it."""
    if path is None:
        return
    from totalplace.count.queries.alike import alike, neighbours_in
    from totalplace.doors.report.whole import Similar
    from totalplace.money.years import FinancialYear

    year = FinancialYear.parse(whole.year)
    for row in alike(session.files(), whole.place, year, neighbours_in(path)):
        why = f"number {row.rank} of those most alike" if row.rank else "the place's own council"
        rule = "net, the council alone"
        yield Similar(row.name, whole.year, row.pence, row.people, rule, row.form or path.name, why)


def _changes(session: Session, built: Built) -> Iterator[Change]:
    """Why payments rose or fell by a fifth or more since the year before, agency by agency."""
    from totalplace.count.queries.changing import changes
    from totalplace.money.years import FinancialYear

    year = FinancialYear.parse(built.whole.year)
    before = FinancialYear(year.start - 1)
    paid: dict[str, dict[str, int]] = {}
    for row in built.whole.payments.agency_years if built.whole.payments else ():
        paid.setdefault(row.agency.code, {})[row.year] = row.tallies.payments.pence
    for agency, years in paid.items():
        old, new = years.get(before.label), years.get(year.label)
        if old and new is not None and abs(new - old) * _NOTABLE >= abs(old):
            yield changes(session.files(), agency, before, year, built)


def _edition(built: Built) -> EditionShown | None:
    """The edition that says exactly what this count says, if there is one."""
    from totalplace.count.queries.editions import editions
    from totalplace.count.queries.frozen import ready_to_freeze
    from totalplace.doors.report.whole import EditionShown

    made = [e for e in editions(built.whole.place) if e.year == built.whole.year]
    if not made:
        return None
    digest = ready_to_freeze(built).digest
    for edition in made:
        if edition.digest == digest:
            said = tuple(
                f"{move.verb}{f' by {move.agency}' if move.agency else ''}: {move.reason}"
                for move in edition.moves
            )
            return EditionShown(
                edition.citation, digest, edition.standing.value, edition.by,
                edition.on.date(), said,
            )  # fmt: skip
    return None


def _themes(path: Path | None) -> Themes | None:
    if path is None:
        return None
    from totalplace.count.definitions.themes import themes_of
    from totalplace.doors.report.whole import Themes

    read = themes_of(path.read_text(encoding="utf-8"))
    return Themes(read.title, read.parts)
