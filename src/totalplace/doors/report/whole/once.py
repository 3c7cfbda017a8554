"""Each pound once: what was taken out, passed on or left in, and where bodies disagree."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.whole_place.flows import Cell as Between
from totalplace.count.rules.whole_place.flows import Flow, Treatment, left_in
from totalplace.count.rules.words import listed, plural, whole_pounds
from totalplace.doors.report.pictures.sums import brief
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.said import TREATMENTS, Unit
from totalplace.doors.report.whole.tables import Cell, Row, Table, money, plain, table, words

MOST_LEFT_IN: Final = 30  # on the page; the workbook has every one
_MOST_PASSED: Final = 15
_NAMED: Final = 4
_WIDE: Final = 6  # receivers, past which a matrix is in millions so that it fits paper
_MILLION: Final = 1_000_000_00  # in pence
_POUNDS: Final = Unit(is_millions=False)


@dataclass(frozen=True, slots=True)
class Paid:
    """What counted bodies paid each other, added up over the years of a matrix."""

    payers: tuple[str, ...]
    receivers: tuple[str, ...]
    pence: dict[tuple[str, str], int]

    def by_payer(self, payer: str) -> int:
        """All that one paid."""
        return sum(p for (who, _), p in self.pence.items() if who == payer)

    def to_receiver(self, receiver: str) -> int:
        """All that one was paid."""
        return sum(p for (_, whom), p in self.pence.items() if whom == receiver)


def paid_between(report: Report) -> Paid:
    """The elimination matrix: payers and receivers, those with the most first."""
    pence: dict[tuple[str, str], int] = defaultdict(int)
    for cell in report.whole.matrix.cells:
        pence[cell.payer, cell.receiver] += cell.paid_pence
    found = {key: p for key, p in pence.items() if p}
    loose = Paid((), (), found)
    return Paid(
        tuple(sorted({p for p, _ in found}, key=lambda p: (-loose.by_payer(p), p))),
        tuple(sorted({r for _, r in found}, key=lambda r: (-loose.to_receiver(r), r))),
        found,
    )


def eliminations(report: Report) -> Table | None:
    """Payers in rows, receivers in columns; None where nothing was paid between them."""
    paid = paid_between(report)
    if not paid.pence:
        return None
    unit = Unit(is_millions=len(paid.receivers) > _WIDE) if _are_large(paid) else _POUNDS
    rows = []
    for payer in paid.payers:
        cells = [_paid(paid, payer, receiver, unit) for receiver in paid.receivers]
        rows.append(Row(report.name_of(payer), (*cells, money(unit, paid.by_payer(payer)))))
    sums = [money(unit, paid.to_receiver(receiver)) for receiver in paid.receivers]
    foot = Row("All", (*sums, money(unit, sum(paid.pence.values()))))
    caption = (
        f"What the body in a row paid the body in a column, {unit.name}. It is taken out of the "
        "payer’s spending, because the receiver’s own spending is counted instead."
    )
    heads = ["Payer", *(report.name_of(r) for r in paid.receivers), "All"]
    label = "Table of what counted bodies paid each other"
    return table(label, caption, heads, rows, foot=foot, look="matrix")


def _are_large(paid: Paid) -> bool:
    return max(abs(p) for p in paid.pence.values()) >= _MILLION


def _paid(paid: Paid, payer: str, receiver: str, unit: Unit) -> Cell:
    pence = paid.pence.get((payer, receiver))
    if pence is None:
        return Cell("–")
    return money(unit, pence, "to itself" if payer == receiver else "")


def eliminated_said(report: Report) -> str:
    """All that is taken out, in a sentence."""
    matrix = report.whole.matrix
    if not matrix.pence:
        return "No payment from one counted body to another was found, so nothing is taken out."
    own = matrix.pence - matrix.transfers_pence
    said = (
        f"{plural(matrix.rows, 'payment')} of {brief(matrix.transfers_pence)} from one counted "
        "body to another are taken out"
    )
    if own:
        said += f", and {brief(own)} that bodies paid themselves"
    return f"{said}."


def disagreements(report: Report) -> Table | None:
    """Where a payer and a receiver say different sums; None where there is no such pair."""
    cells = sorted(report.whole.matrix.disagreements, key=lambda c: -abs(c.disagreement_pence or 0))
    if not cells:
        return None
    unit = _POUNDS
    rows = [
        Row(
            f"{report.name_of(c.payer)} to {report.name_of(c.receiver)}",
            (
                money(unit, c.paid_pence),
                money(unit, c.received_pence),
                money(unit, c.disagreement_pence),
            ),
        )
        for c in cells
    ]
    caption = "The payer’s sum is the one that is taken out."
    heads = [
        "Payer and receiver",
        f"Payer says, {unit.name}",
        "Receiver says",
        "Payer says more by",
    ]
    return table("Table of disagreements", caption, heads, rows, look="slim")


def one_sided(report: Report) -> str:
    """How many pairs only the payer has spoken of, in a sentence; empty where there are none."""
    silent = [c for c in report.whole.matrix.cells if _is_silent(c)]
    if not silent:
        return ""
    pairs = plural(len(silent), "pair")
    return (
        f"Of {pairs} of bodies the receiver has reported nothing, so only the payer’s sum is known."
    )


def _is_silent(cell: Between) -> bool:
    return cell.received_pence is None and cell.payer != cell.receiver


def passed_sums(report: Report) -> list[tuple[tuple[str, str], list[Flow]]]:
    """Flows that are passed on, by payer and nature, the largest sum first."""
    sums: dict[tuple[str, str], list[Flow]] = defaultdict(list)
    for flow in report.whole.flows:
        if flow.treatment is Treatment.PASSED_ON:
            sums[flow.payer, flow.nature].append(flow)
    return sorted(sums.items(), key=lambda row: -abs(sum(f.pence for f in row[1])))


def passed_on(report: Report) -> Table | None:
    """What bodies only pass on, by payer and nature; None where they pass nothing on."""
    ordered = passed_sums(report)
    if not ordered:
        return None
    unit = _POUNDS
    rows = [
        Row(
            report.name_of(payer),
            (
                words(report.titles.natures.title(nature)),
                words(_receivers(report, same)),
                money(unit, sum(f.pence for f in same)),
            ),
        )
        for (payer, nature), same in ordered[:_MOST_PASSED]
    ]
    caption = "Money that goes through a body’s account and is not its spending."
    heads = ["Payer", "<What it is", "<Passed on to", unit.name]
    return table("Table of what is passed on", caption, heads, rows)


def _receivers(report: Report, flows: list[Flow]) -> str:
    names = dict.fromkeys(report.name_of(f.receiver) for f in sorted(flows, key=lambda f: -f.pence))
    return listed(list(names), most=_NAMED)


def stays(report: Report) -> Table | None:
    """Payments to public bodies that are not taken out, the largest first; None without any."""
    flows = left_in(report.whole.flows)
    if not flows:
        return None
    unit = _POUNDS
    rows = [
        Row(
            report.name_of(f.payer),
            (
                words(report.name_of(f.receiver), _through(report, f)),
                words(report.titles.natures.title(f.nature)),
                words(report.titles.service(f.service)),
                plain(f"{f.rows:,}"),
                money(unit, f.pence),
                words(TREATMENTS[f.treatment]),
            ),
        )
        for f in flows[:MOST_LEFT_IN]
    ]
    caption = "All of them, the largest first."
    if len(flows) > MOST_LEFT_IN:
        rest = sum(f.pence for f in flows[MOST_LEFT_IN:])
        caption = (
            f"The largest {len(rows)} of {len(flows):,}. The others come to {whole_pounds(rest)} "
            "and are in the workbook."
        )
    heads = [
        "Payer", "<Receiver", "<What it is", "<For", "Payments", unit.name, "<What was done",
    ]  # fmt: skip
    return table("Table of transfers left in", caption, heads, rows)


def _through(report: Report, flow: Flow) -> str:
    return f"through {report.name_of(flow.through)}" if flow.through else ""


def taken_out(report: Report) -> Table | None:
    """Money that two returns both show, and what was done; None where there was none."""
    found = report.whole.taken_out
    if not found:
        return None
    unit = Unit.for_sums(t.left_out_pence for t in found)
    rows = [
        Row(
            report.titles.service(t.service),
            (
                words(t.left_out_of),
                money(unit, t.left_out_pence),
                words(listed(list(t.counted_at))),
                money(unit, t.counted_pence),
                words(t.why),
            ),
        )
        for t in found
    ]
    heads = [
        "Service", "<Left out of", f"Left out, {unit.name}", "<Counted at",
        f"Counted, {unit.name}", "<Why",
    ]  # fmt: skip
    caption = (
        "The two sums need not be equal: each side books it in its own way and at its own time."
    )
    return table("Table of money in two returns", caption, heads, rows)


def returns_differ(report: Report) -> Table | None:
    """Two returns that show one thing differently; None where they agree."""
    found = sorted(report.whole.disagreements, key=lambda d: -abs(d.used_pence - d.other_pence))
    if not found:
        return None
    unit = Unit.for_sums(d.used_pence for d in found)
    rows = [
        Row(
            d.body_name,
            (
                words(report.titles.service(d.service)),
                money(unit, d.used_pence, d.used_form),
                money(unit, d.other_pence, d.other_form),
                money(unit, d.used_pence - d.other_pence),
            ),
        )
        for d in found[:MOST_LEFT_IN]
    ]
    more = len(found) - len(rows)
    caption = "The first is counted."
    if more:
        caption += f" The largest {len(rows)} of {len(found):,}; all are in the workbook."
    heads = ["Body", "<Service", f"Counted, {unit.name}", "Other", "Difference"]
    return table("Table of returns that disagree", caption, heads, rows)
