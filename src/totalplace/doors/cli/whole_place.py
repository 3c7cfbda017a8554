"""The whole-place count on a terminal: what is counted, how well it is known, and the tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from totalplace.count.rules.whole_place.changes import Change
    from totalplace.count.rules.whole_place.whole import WholePlace
    from totalplace.doors.report.whole import EditionShown, Similar, Titles
    from totalplace.doors.report.whole.asked import Report
    from totalplace.doors.report.whole.said import Summed
    from totalplace.money.years import FinancialYear

_MOST_LEFT_IN = 10


def show_whole(
    whole: WholePlace,
    *,
    titles: Titles,
    similar: Sequence[Similar] = (),
    changes: Sequence[Change] = (),
    edition: EditionShown | None = None,
    in_prices_of: FinancialYear | None = None,
    written: Iterable[Path] = (),
) -> None:
    """Print a whole-place count, and the files that were written. Sums are rounded to the pound."""
    from totalplace.doors.report.whole.asked import Report
    from totalplace.doors.report.whole.covered import missing_said, silent_said

    report = Report(whole, titles, similar, changes, edition, in_prices_of=in_prices_of)
    _headline(report)
    _by_service(report)
    _by_body(report)
    _three_numbers(report)
    _each_pound_once(report)
    _coverage(report)
    _rises(report)
    _beside(report)
    _head("What is missing")
    _say(missing_said(report))
    _missing(report)
    if silent_said(report):
        _say(silent_said(report))
    for path in written:
        click.echo(f"Written: {path}")


def _say(text: str) -> None:
    """Print words of whatever origin: what would move the cursor is shown as a question mark."""
    click.echo(_plain(text))


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text)


def _head(text: str) -> None:
    click.echo(f"\n{text}")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from totalplace.doors.cli.showing import table_of

    table_of(heads, [[_plain(c) if isinstance(c, str) else c for c in row] for row in rows])


def _pounds(pence: int | None) -> str:
    from totalplace.count.rules.words import whole_pounds
    from totalplace.doors.report.whole.said import NOT_KNOWN

    return NOT_KNOWN if pence is None else whole_pounds(pence)


def _range(s: Summed) -> str:
    from totalplace.doors.report.pictures.sums import finer
    from totalplace.doors.report.whole.said import ends

    low, high = s.low_pence, s.high_pence
    if low is None:
        return "no estimate"
    if high is None:
        return f"{finer(low)} or more"
    return "-" if low == high else " to ".join(ends(low, high))


def _headline(report: Report) -> None:
    from totalplace.doors.report.whole.headline import headline
    from totalplace.doors.report.whole.origins import edition_said
    from totalplace.doors.report.whole.prices import prices_said

    head = headline(report)
    _say(head.sentence)
    _say(head.rule)
    if report.edition:
        _say(f"{edition_said(report)} Its hash is {report.edition.digest}.")
    for figure in head.figures:
        _say(f"{figure.name}: {figure.figure}. {figure.says}")
    if report.in_prices_of is not None:
        _say(prices_said(report))
    for note in report.whole.notes:
        _say(note)


def _by_service(report: Report) -> None:
    from totalplace.doors.report.whole.grouping import by_service, title_of
    from totalplace.doors.report.whole.purpose import check
    from totalplace.doors.report.whole.said import DECIDES, per_head, share_said

    _head("What it is spent on")
    whole = report.whole
    rows = [
        (
            title_of(report, s.name), _pounds(s.pence), _range(s),
            share_said(s.pence, whole.total.pence), per_head(s.pence, whole.people),
            _known(s), DECIDES[report.titles.decides(s.name)],
        )
        for s in by_service(report, whole.lines)
    ]  # fmt: skip
    rows.append(_all(report))
    heads = ("Purpose", "Sum", "Range", "Share", "Per person", "How it is known", "Who decides")
    _table(heads, rows)
    _say(check(report))


def _all(report: Report) -> tuple[str, str, str, str, str, str, str]:
    from totalplace.doors.report.whole.grouping import everything
    from totalplace.doors.report.whole.said import per_head

    whole = everything(report)
    a_head = per_head(whole.pence, report.whole.people)
    return "All that is known", _pounds(whole.pence), _range(whole), "", a_head, _known(whole), ""


def _known(s: Summed) -> str:
    from totalplace.doors.report.whole.said import split, split_said

    if s.pence is None:
        return "missing"
    said = split_said(s.total.by_status) if split(s.total.by_status) else "-"
    return f"{said}; {s.total.missing} missing" if s.total.missing else said


def _by_body(report: Report) -> None:
    from totalplace.doors.report.whole.grouping import by_agency
    from totalplace.doors.report.whole.purpose import notes, read_from
    from totalplace.doors.report.whole.said import share_said

    _head("Body by body")
    whole = report.whole
    rows = [
        (
            s.lines[0].agency_name, _pounds(s.pence), _range(s),
            share_said(s.pence, whole.total.pence), _known(s),
            ", ".join(dict.fromkeys(read_from(report, x) for x in s.lines if x.source)) or "-",
        )
        for s in by_agency(whole.lines)
    ]  # fmt: skip
    _table(("Body", "Sum", "Range", "Share", "How it is known", "Read from"), rows)
    for name, said in notes(report):
        _say(f"- {name}: {said}")


def _three_numbers(report: Report) -> None:
    from totalplace.doors.report.whole.headline import three_numbers

    numbers = three_numbers(report)
    _head("Three different sums that are often taken for one")
    for figure in numbers:
        _say(f"- {figure.name}: {figure.figure}. {figure.says} {figure.is_not}")
    if not numbers:
        _say("Not known: they need returns of this year, and payments alone do not say it.")


def _each_pound_once(report: Report) -> None:
    from totalplace.count.rules.whole_place.flows import left_in
    from totalplace.doors.report.whole.once import eliminated_said, one_sided, paid_between
    from totalplace.doors.report.whole.said import TREATMENTS

    _head("Each pound once")
    _say(eliminated_said(report))
    paid = sorted(paid_between(report).pence.items(), key=lambda row: -row[1])
    if paid:
        rows = [(report.name_of(p), report.name_of(r), _pounds(pence)) for (p, r), pence in paid]
        _table(("Payer", "Receiver", "Taken out"), rows)
    for cell in report.whole.matrix.disagreements:
        _say(
            f"- {report.name_of(cell.payer)} says it paid {report.name_of(cell.receiver)} "
            f"{_pounds(cell.paid_pence)}; the receiver says {_pounds(cell.received_pence)}."
        )
    if one_sided(report):
        _say(one_sided(report))
    for t in report.whole.taken_out:
        _say(
            f"- {report.titles.service(t.service)} stands in two returns: "
            f"{_pounds(t.left_out_pence)} of {t.left_out_of} is left out. {t.why}"
        )
    flows = left_in(report.whole.flows)
    if flows:
        _head(f"Payments to public bodies that are left in: the largest of {len(flows):,}")
        left = [
            (
                report.name_of(f.payer), report.name_of(f.receiver),
                report.titles.natures.title(f.nature), _pounds(f.pence), TREATMENTS[f.treatment],
            )
            for f in flows[:_MOST_LEFT_IN]
        ]  # fmt: skip
        _table(("Payer", "Receiver", "What it is", "Sum", "What was done"), left)


def _coverage(report: Report) -> None:
    from totalplace.doors.report.whole.covered import explained

    if not report.whole.explained:
        return
    _head("What is held")
    rows = [
        (
            e.agency_name, f"{e.months_held}/12", _pounds(e.payments_pence),
            _pounds(e.accounts_pence), explained(e),
        )
        for e in report.whole.explained
    ]  # fmt: skip
    _table(("Body", "Months", "Payments", "Accounts", "What payments explain"), rows)
    for b in report.whole.breaks:
        _say(f"- No trend: {b.agency_name}, {b.when}. {b.what}")


def _rises(report: Report) -> None:
    from totalplace.doors.report.whole.covered import part_said, rise_said

    if report.changes:
        _head("Why payments changed")
    for change in report.changes:
        _say(rise_said(report, change))
        _table(
            ("What", "Kind", "More by"),
            [(part_said(p), p.kind, _pounds(p.pence)) for p in change.parts],
        )


def _beside(report: Report) -> None:
    from totalplace.doors.report.whole.said import per_head

    if not report.similar:
        return
    _head("Beside other places")
    rows = [
        (f"{s.name}, {s.year}", _pounds(s.pence), per_head(s.pence, s.people), s.rule, s.why)
        for s in report.similar
    ]
    _table(("Place and year", "Sum", "Per person", "Rule", "What to mind"), rows)


def _missing(report: Report) -> None:
    from totalplace.doors.report.whole.covered import gaps

    for gap in gaps(report):
        ranged = f"{_pounds(gap.low_pence)} to {_pounds(gap.high_pence)}"
        estimate = "no estimate" if gap.low_pence is None else ranged
        _say(f"- {gap.name}, {gap.of}: not known ({estimate}). {gap.why}".rstrip())
