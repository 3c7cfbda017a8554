"""Why a sum between two public bodies is what it is: the payments that make it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404

from totalplace.count.rules.whole_place.flows import Flow, Treatment
from totalplace.count.rules.words import plural
from totalplace.doors.report.whole.said import NOT_KNOWN, TREATMENTS, Unit
from totalplace.doors.report.whole.tables import Row, Table, money, plain, table, words
from totalplace.doors.web.count.held import files_table
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Figured, Link, Page, Part, exact, linked
from totalplace.money.pence import pounds

_ROWS = (
    "payer", "receiver", "receiver_name", "through", "nature", "service", "payments", "pence",
    "treatment",
)  # fmt: skip
EVERY = "every"


def flows_page(reading: Reading, keys: Mapping[str, str], query: str) -> Page:
    """The flows from a payer to a receiver, or to every one; 404 where there is none."""
    flows = _asked(reading, keys)
    if not flows:
        raise Http404("No payment of this edition is so.")
    report = reading.report
    payer = "Counted bodies" if keys["payer"] == EVERY else report.name_of(keys["payer"])
    to = keys.get("paid") or keys.get("receiver", EVERY)
    receiver = "each other" if to == EVERY else report.name_of(to)
    title = f"What {payer} paid {receiver}, {reading.whole.year}"
    pence = sum(f.pence for f in flows)
    rows = sum(f.rows for f in flows)
    return Page(
        title=title,
        lead="What this number is, how it is made, and where it is from.",
        at=("explain",),
        query=query,
        parts=(
            Part("The number", figures=(Figured(title, pounds(pence), _treated(flows)),)),
            Part("How it is made", notes=tuple(_formula(reading, keys, flows, rows))),
            Part("The payments, added up by what they were", table=linked(_table(reading, flows))),
            *_files(reading, flows),
        ),
        exact=exact(
            reading, _ROWS,
            [
                (f.payer, f.receiver, report.name_of(f.receiver), f.through, f.nature, f.service,
                 f.rows, f.pence, TREATMENTS[f.treatment])
                for f in flows
            ],
        ),
    )  # fmt: skip


def _asked(reading: Reading, keys: Mapping[str, str]) -> list[Flow]:
    flows = list(reading.whole.flows)
    if keys["payer"] != EVERY:
        flows = [f for f in flows if f.payer == keys["payer"]]
    if "paid" in keys:
        flows = [f for f in flows if f.treatment is Treatment.ELIMINATED]
        if keys["paid"] != EVERY:
            whose = reading.opened.receivers
            flows = [f for f in flows if whose.get(f.receiver) == keys["paid"]]
    if "receiver" in keys:
        flows = [f for f in flows if f.receiver == keys["receiver"]]
    if "nature" in keys:
        flows = [f for f in flows if f.nature == keys["nature"]]
        if "receiver" not in keys:
            flows = [f for f in flows if f.treatment is Treatment.PASSED_ON]
    return sorted(flows, key=lambda f: (-abs(f.pence), f.payer, f.receiver, f.nature))


def _treated(flows: Sequence[Flow]) -> str:
    kinds = dict.fromkeys(TREATMENTS[f.treatment] for f in flows)
    said = " and ".join(kinds)
    return f"{said[:1].upper()}{said[1:]}."


def _formula(
    reading: Reading, keys: Mapping[str, str], flows: Sequence[Flow], rows: int
) -> list[tuple[str, str]]:
    said = [
        (
            "Sum",
            (
                f"{plural(rows, 'published payment')} to a payee that was recognised as a public "
                "body, added up, less refunds."
            ),
        )
    ]
    if any(f.treatment is Treatment.ELIMINATED for f in flows):
        said.append(
            (
                "Why it is taken out",
                (
                    "The receiver is counted too. Its own spending of this money is counted "
                    "instead, so that each pound stands once: at the last body that spends it."
                ),
            )
        )
    cells = [
        c
        for c in reading.whole.matrix.cells
        if c.payer == keys["payer"] and c.receiver == keys.get("paid")
    ]
    for cell in cells:
        told = NOT_KNOWN if cell.received_pence is None else pounds(cell.received_pence)
        said.append(("What the receiver says it got", told))
    return said


def _table(reading: Reading, flows: Sequence[Flow]) -> Table:
    report, unit = reading.report, Unit(is_millions=False)
    rows = [
        Row(
            report.name_of(f.payer),
            (
                words(
                    report.name_of(f.receiver),
                    f"through {report.name_of(f.through)}" if f.through else "",
                ),
                words(report.titles.natures.title(f.nature)),
                words(report.titles.service(f.service)),
                plain(f"{f.rows:,}"),
                money(unit, f.pence),
                words(TREATMENTS[f.treatment]),
            ),
        )
        for f in flows
    ]
    foot = Row(
        "Together",
        (words(""), words(""), words(""), plain(f"{sum(f.rows for f in flows):,}"),
         money(unit, sum(f.pence for f in flows)), words("")),
    )  # fmt: skip
    heads = ["Payer", "<Receiver", "<What it is", "<For", "Payments", unit.name, "<What was done"]
    return table("Table of payments between bodies", "The largest first.", heads, rows, foot=foot)


def _files(reading: Reading, flows: Sequence[Flow]) -> list[Part]:
    payers = {f.payer for f in flows}
    files = [f for f in reading.opened.files if f.what == "payments" and f.agency in payers]
    links = (Link("Every file of this edition", reading.to("sources")),)
    if not files:
        return [Part("The files it is from", says=("Payments of the payer.",), links=links)]
    return [Part("The files it is from", table=linked(files_table(reading, files)), links=links)]
