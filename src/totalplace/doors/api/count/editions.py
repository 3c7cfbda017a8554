"""Which editions there are, what each says in all, and what differs between two."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from totalplace.count.queries.editions import EditionRow, editions
from totalplace.count.rules.whole_place import lines as rules
from totalplace.count.rules.whole_place.frozen import changed, differences
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.count import shown
from totalplace.doors.api.count.addresses import router
from totalplace.doors.api.count.reading import edition_of, read
from totalplace.doors.api.frame import Code, Number, reads
from totalplace.doors.api.paging import After, Limit, Listed, in_place, not_a_place, page
from totalplace.doors.web.count.opening import Reading, was_signed_off
from totalplace.doors.web.showing import now
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Act

Filter = Annotated[str, Field(max_length=64, description="Only those of this one.")]


@reads(router, "/editions", answers=Listed[shown.Edition])
def every_edition(
    by: Asker, *, place: Filter = "", year: Filter = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The editions that you may read, by place, year and number: those ever signed off, or all."""
    on, mine = now(), dict[str, bool]()
    rows = []
    for row in editions(place):
        if row.place not in mine:
            mine[row.place] = by.may(Act.READ_UNPUBLISHED, place=row.place, on=on)
        if (mine[row.place] or was_signed_off(row)) and year in ("", row.year):
            rows.append(row)
    begin = _key_of(after) if after else None
    found = page(rows, _key, edition_of, after=begin, limit=limit)
    if found["next"] is not None:
        found["next"] = found["items"][-1].edition
    return found


def _key(row: EditionRow) -> tuple[str, int, int]:
    return row.place, FinancialYear.parse(row.year).start, row.number


def _key_of(after: str) -> tuple[str, int, int]:
    place, _, rest = after.partition("/")
    year, _, number = rest.partition("/")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise not_a_place(after)
    try:
        return place, FinancialYear.parse(year).start, int(number)
    except ValueError as error:
        raise not_a_place(after) from error


@reads(router, "/editions/{place}/{year}/{number}", answers=shown.Whole)
def edition(by: Asker, *, place: Code, year: Code, number: Number) -> shown.Whole:
    """What an edition says in all, with where it stands and what it was made from."""
    return _whole(read(by, place, year, number))


@reads(router, "/editions/{place}/{year}/{number}/compare/{other}", answers=shown.Compared)
def compare(
    by: Asker, *, place: Code, year: Code, number: Number, other: Number,
    after: After = "", limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """What differs from one edition of a year to another, the largest first, and why."""
    one, two = read(by, place, year, number), read(by, place, year, other)
    found = differences(one.opened.plain, two.opened.plain)
    why = changed(one.opened.plain, two.opened.plain)
    names = {"before": one.row.citation, "after": two.row.citation}

    def told(d: Any) -> shown.Difference:
        return shown.Difference(
            **names, income=d.income, agency=d.agency, agency_name=d.agency_name,
            service=d.service, economic=d.economic, before_pence=d.before_pence,
            after_pence=d.after_pence, difference_pence=d.pence, why=d.why,
        )  # fmt: skip

    return {
        "before": edition_of(one.row),
        "after": edition_of(two.row),
        "files_added": why.files_added,
        "files_gone": why.files_gone,
        "rulings_added": why.rulings_added,
        "rulings_gone": why.rulings_gone,
        "definitions": why.definitions,
        **in_place(found, told, after=after, limit=limit),
    }


def _whole(reading: Reading) -> shown.Whole:
    whole, numbers = reading.whole, reading.whole.numbers
    return shown.Whole(
        edition=edition_of(reading.row),
        place_name=whole.place_name,
        people=whole.people,
        people_source=whole.people_source,
        income=whole.income.value,
        total=_total(whole.total),
        numbers=None if numbers is None else shown.Numbers(
            for_the_place=_total(numbers.for_the_place), controlled=_total(numbers.controlled),
            negotiable=_total(numbers.negotiable), national=_total(numbers.national),
            paid_in_pence=numbers.paid_in_pence,
            paid_in_unknown_pence=numbers.paid_in_unknown_pence,
        ),
        lines=len(whole.net_lines) + len(whole.gross_lines) + len(whole.capital_lines),
        flows=len(whole.flows),
        eliminated_pence=whole.matrix.pence,
        files=sorted(reading.opened.plain["files"]),
        later=reading.later.citation if reading.later else None,
        notes=list(whole.notes),
    )  # fmt: skip


def _total(sums: rules.Total) -> shown.Total:
    return shown.Total(
        pence=sums.pence, low_pence=sums.low_pence, high_pence=sums.high_pence,
        by_status={status.value: pence for status, pence in sums.by_status.items()},
        missing=sums.missing,
    )  # fmt: skip
