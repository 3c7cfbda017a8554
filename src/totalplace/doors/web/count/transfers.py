"""Each pound once: what bodies pay each other is taken out, passed on or left in."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from totalplace.count.rules.whole_place.flows import left_in
from totalplace.doors.report.columns import Cell as Exactly
from totalplace.doors.report.whole import drawn, once
from totalplace.doors.report.whole.said import TREATMENTS
from totalplace.doors.report.whole.tables import Table
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Linked, Page, Part, exact, linked
from totalplace.money.pence import pounds

_FLOW = (
    "payer", "payer_name", "receiver", "receiver_name", "through", "nature", "service", "economic",
    "payments", "pence", "treatment",
)  # fmt: skip


def transfers_page(reading: Reading) -> Page:
    """What is taken out so that no pound is counted twice, and what is not."""
    return Page(
        title="Each pound once",
        lead="When one public body pays another, the same pound stands in the books of both. It is "
        "counted once: at the last body that spends it.",
        at=("transfers",),
        parts=tuple(_parts(reading)),
        exact=exact(reading, _FLOW, _flows(reading)),
    )


def _flows(reading: Reading) -> Iterator[tuple[Exactly, ...]]:
    report = reading.report
    for f in reading.whole.flows:
        yield (
            f.payer, report.name_of(f.payer), f.receiver, report.name_of(f.receiver), f.through,
            report.titles.natures.title(f.nature), report.titles.service(f.service), f.economic,
            f.rows, f.pence, TREATMENTS[f.treatment],
        )  # fmt: skip


def _parts(reading: Reading) -> Iterator[Part]:
    report = reading.report
    yield Part(
        "What is taken out",
        says=tuple(s for s in (once.eliminated_said(report), once.one_sided(report)) if s),
        table=_matrix(reading),
        picture=Markup(drawn.transfers(report)),  # noqa: S704 - made safe where it is drawn
        in_all=pounds(reading.whole.matrix.transfers_pence),
    )
    differing = once.disagreements(report)
    if differing is not None:
        yield Part(
            "Where payer and receiver disagree",
            says=("They must resolve it: neither sum is taken to be right because it is larger.",),
            table=_disagreements(reading, differing),
        )
    passed = once.passed_on(report)
    if passed is not None:
        yield Part("What is only passed on", table=_passed(reading, passed))
    stays = once.stays(report)
    if stays is not None:
        yield Part("What is left in", table=_stays(reading))
    taken = once.taken_out(report)
    if taken is not None:
        yield Part("Money that two returns both show", table=_taken(reading, taken))
    differ = once.returns_differ(report)
    if differ is not None:
        yield Part("Returns that disagree", table=linked(differ))
    if reading.whole.checked:
        yield Part(
            "What looks like an overlap and is none",
            notes=tuple((c.what, c.why) for c in reading.whole.checked),
        )


def _matrix(reading: Reading) -> Linked | None:
    made = once.eliminations(reading.report)
    if made is None:
        return None
    paid = once.paid_between(reading.report)
    explains = []
    for payer in paid.payers:
        cells = [
            reading.explain(payer=payer, paid=receiver) if (payer, receiver) in paid.pence else ""
            for receiver in paid.receivers
        ]
        explains.append([*cells, reading.explain(payer=payer, paid="every")])
    foot = [reading.explain(payer="every", paid=receiver) for receiver in paid.receivers]
    heads = [reading.to("agencies", payer) for payer in paid.payers]
    return linked(made, heads, explains, foot=[*foot, reading.explain(payer="every", paid="every")])


def _disagreements(reading: Reading, made: Table) -> Linked:
    """What the payer says is explained by its payments; what the receiver says, by its return."""
    cells = reading.whole.matrix.disagreements
    found = sorted(cells, key=lambda c: -abs(c.disagreement_pence or 0))
    explains = [
        [reading.explain(payer=c.payer, paid=c.receiver) if c.rows else "", "", ""] for c in found
    ]
    return linked(made, explains=explains)


def _passed(reading: Reading, made: Table) -> Linked:
    """What bodies pass on, each sum by payer and nature, in the order of its table."""
    found = once.passed_sums(reading.report)[: len(made.rows)]
    return linked(
        made,
        [reading.to("agencies", payer) for (payer, _), _ in found],
        [reading.explain(payer=payer, nature=nature) for (payer, nature), _ in found],
    )


def _taken(reading: Reading, made: Table) -> Linked:
    """Of money in two returns, what is counted is explained; what is left out is in no line."""
    explains = []
    for t in reading.whole.taken_out:
        counted = any(x.service == t.service for x in reading.whole.net_lines)
        why = reading.explain(rule="net", service=t.service) if counted else ""
        explains.append(["", "", "", why, ""])
    return linked(made, explains=explains)


def _stays(reading: Reading) -> Linked | None:
    made = once.stays(reading.report)
    if made is None:
        return None
    flows = left_in(reading.whole.flows)[: len(made.rows)]
    return linked(
        made,
        [reading.to("agencies", f.payer) for f in flows],
        [reading.explain(payer=f.payer, receiver=f.receiver, nature=f.nature) for f in flows],
    )
