"""What an edition is made of, a page at a time: lines, flows, coverage, files, rulings."""

from __future__ import annotations

from typing import Any

from totalplace.count.rules.whole_place.from_payments import Explained
from totalplace.count.rules.whole_place.lines import Income, Line
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.count import shown
from totalplace.doors.api.count.addresses import router
from totalplace.doors.api.count.reading import files_of, read
from totalplace.doors.api.frame import Code, Number, reads
from totalplace.doors.api.paging import After, Limit, Listed, in_place
from totalplace.doors.web.count.opening import Reading

_AT = "/editions/{place}/{year}/{number}"


@reads(router, _AT + "/lines", answers=Listed[shown.Line])
def lines(
    by: Asker, *, place: Code, year: Code, number: Number, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every line of an edition: net, gross and building apart; sums of two kinds never add."""
    reading = read(by, place, year, number)
    whole = reading.whole
    rows = [
        (kind, line)
        for kind, some in (
            ("net", whole.net_lines), ("gross", whole.gross_lines),
            ("capital", whole.capital_lines),
        )
        for line in some
    ]  # fmt: skip
    numbered = list(enumerate(rows, start=1))
    return in_place(numbered, lambda row: _line(reading, row), after=after, limit=limit)


@reads(router, _AT + "/flows", answers=Listed[shown.Flow])
def flows(
    by: Asker, *, place: Code, year: Code, number: Number, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """What bodies paid each other, and what the count does with it, so that a pound counts once."""
    reading = read(by, place, year, number)

    def told(row: tuple[int, Any]) -> shown.Flow:
        at, flow = row
        return shown.Flow(
            edition=reading.row.citation, number=at, payer=flow.payer, paid_to=flow.paid_to,
            receiver=flow.receiver, nature=flow.nature, service=flow.service,
            economic=flow.economic, treatment=flow.treatment.value, rows=flow.rows,
            pence=flow.pence, status="measured",
            files=files_of(reading, flow.payer, payments=True),
        )  # fmt: skip

    rows = list(enumerate(reading.whole.flows, start=1))
    return in_place(rows, told, after=after, limit=limit)


@reads(router, _AT + "/coverage", answers=Listed[shown.Covered])
def coverage(
    by: Asker, *, place: Code, year: Code, number: Number, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """What is held of each body, and how much of its accounts its payments explain."""
    reading = read(by, place, year, number)

    def told(e: Explained) -> shown.Covered:
        return shown.Covered(
            edition=reading.row.citation, agency=e.agency, agency_name=e.agency_name,
            months_held=e.months_held, payments_pence=e.payments_pence,
            passed_on_pence=e.passed_on_pence, accounts_pence=e.accounts_pence, form=e.form,
            status="missing" if e.payments_pence is None and e.accounts_pence is None
            else "measured",
            files=files_of(reading, e.agency),
        )  # fmt: skip

    return in_place(reading.whole.explained, told, after=after, limit=limit)


@reads(router, _AT + "/files", answers=Listed[shown.File])
def files(
    by: Asker, *, place: Code, year: Code, number: Number, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every table of every file that an edition was made from."""
    reading = read(by, place, year, number)
    names = [name for name in shown.File.model_fields if name != "edition"]

    def told(f: Any) -> shown.File:
        said = {name: getattr(f, name) for name in names}
        return shown.File(edition=reading.row.citation, **said)

    return in_place(reading.opened.files, told, after=after, limit=limit)


@reads(router, _AT + "/rulings", answers=Listed[shown.Ruling])
def rulings(
    by: Asker, *, place: Code, year: Code, number: Number, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """Every judgement of an officer that an edition was made with."""
    reading = read(by, place, year, number)

    def told(r: Any) -> shown.Ruling:
        return shown.Ruling(
            edition=reading.row.citation, agency=r.agency, subject=r.subject.value, about=r.about,
            said=r.said, reason=r.reason,
        )  # fmt: skip

    return in_place(reading.opened.rulings, told, after=after, limit=limit)


def _line(reading: Reading, row: tuple[int, tuple[str, Line]]) -> shown.Line:
    at, (kind, line) = row
    payments = kind == "gross" if line.income is Income.GROSS else False
    return shown.Line(
        edition=reading.row.citation, number=at, kind=kind, agency=line.agency,
        agency_name=line.agency_name, year=line.year, service=line.service,
        income=line.income.value, economic=line.economic.value, basis=line.basis.value,
        status=line.status.value, pence=line.pence, low_pence=line.low_pence,
        high_pence=line.high_pence, source=line.source,
        files=files_of(reading, line.agency, payments=payments), note=line.note,
        detail=line.detail,
    )  # fmt: skip
