"""What is held of returns, shown: files, a body's returns by year, lines, totals and moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

import click

from totalplace.doors.cli.showing import as_array, plural, table_of
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused
from totalplace.sources import returns
from totalplace.sources.home import Home
from totalplace.sources.returns import ReturnKey, ReturnLine

_FILE_HEADS: Final = (
    "File", "Form", "Publisher", "Figures", "Lines", "Missing", "Totals", "Faults", "Left out",
    "Hash",
)  # fmt: skip
_NOT_OFF: Final = ("agrees", "rounding", "rest")


def list_files(*, as_json: bool) -> None:
    """The files of returns that are held, and how every figure of each is accounted for."""
    held = returns.files()
    if as_json:
        as_array(asdict(file) for file in held)
        return
    if not held:
        click.echo("No return is held. Add some with: totalplace sources returns add FILE")
        return
    rows = [
        [
            f"{f.document} · {f.sheet}" if f.sheet else f.document, f.form,
            f.publisher or f.agency, f.figures, f.lines, f.missing, f.totals, f.faults,
            f.left_out, f.sha256[:12],
        ]
        for f in held
    ]  # fmt: skip
    table_of(_FILE_HEADS, rows)
    click.echo(plural(len({f.sha256 for f in held}), "file") + ".")


def list_of_body(home: Home, agency: str, *, as_json: bool) -> None:
    """The returns of a body by year and form: what is counted of them, and where they stand."""
    found: dict[ReturnKey, list[ReturnLine]] = defaultdict(list)
    for line in returns.lines(home, bodies=[agency], every=True):
        if line.state != "superseded":
            found[_key(line)].append(line)
    rows = [_summary(key, lines) for key, lines in sorted(found.items())]
    rows += [
        {"form": k.form, "agency": k.agency, "area": k.area, "year": _label(k.year_start),
         "lines": 0, "missing": 0, "net_pence": None, "state": stage}
        for k, stage in returns.states(agency).items()
        if k not in found
    ]  # fmt: skip
    if as_json:
        as_array(rows)
        return
    if not rows:
        raise _none(agency)
    heads = ["Form", "Body", "Year", "Lines", "Missing", "Comes to", "State"]
    table_of(heads, [
        [
            r["form"], f"{r['agency']} for {r['area']}" if r["area"] else r["agency"], r["year"],
            r["lines"], r["missing"], _money(r["net_pence"]), r["state"],
        ]
        for r in rows
    ])  # fmt: skip


def _summary(key: ReturnKey, lines: Sequence[ReturnLine]) -> dict[str, Any]:
    counted = [x for x in lines if x.is_counted and x.economic != "capital"]
    known = [x.amount_pence for x in counted if x.amount_pence is not None]
    return {
        "form": key.form, "agency": key.agency, "area": key.area, "year": _label(key.year_start),
        "lines": len(known), "missing": len(counted) - len(known),
        "net_pence": sum(known) if known else None, "state": lines[0].state,
    }  # fmt: skip


def show_body(
    home: Home, agency: str, of: tuple[int | None, str], *, every: bool, as_json: bool
) -> None:
    """The lines of a body's returns, totals that do not agree, and what officers did."""
    year, form = of
    found = returns.lines(home, bodies=[agency], year=year, every=every)
    found = [x for x in found if form in ("", x.form)]
    if as_json:
        as_array(asdict(line) for line in found)
        return
    if not found:
        raise _none(agency)
    by_key: dict[ReturnKey, list[ReturnLine]] = defaultdict(list)
    for line in found:
        by_key[_key(line)].append(line)
    for key, lines in sorted(by_key.items(), key=lambda kept: (kept[0].year_start, kept[0])):
        _show_return(key, lines, every=every)
    _show_totals(home, agency, year, form)


def _show_return(key: ReturnKey, lines: Sequence[ReturnLine], *, every: bool) -> None:
    """One return: where it stands, its lines, and what officers did."""
    shown = [line for line in lines if every or line.is_counted]
    documents = ", ".join(sorted({f"{x.document} {x.sheet}".strip() for x in lines}))
    states = " and ".join(sorted({line.state for line in lines}))
    click.echo(f"\n{lines[-1].body_name}, {key}: {states}. Read from {documents}.")
    table_of(["Line", "Service", "What", "Sum", "Status", "Row", "Note"], [_row(x) for x in shown])
    if len(shown) < len(lines):
        hidden = plural(len(lines) - len(shown), "more detailed line")
        click.echo(f"{hidden} not shown; see them with --all.")
    for m in returns.moves(key):
        why = f": {m.reason}" if m.reason else f" ({m.file})" if m.file else ""
        click.echo(f"{m.after.capitalize()} on {m.on:%d %B %Y} by {m.by}{why}")


def _row(line: ReturnLine) -> list[object]:
    return [
        line.line, line.service, line.item, _money(line.amount_pence), line.status,
        str(line.row), line.note,
    ]  # fmt: skip


def _show_totals(home: Home, agency: str, year: int | None, form: str) -> None:
    totals = [
        t for t in returns.control_totals(home, bodies=[agency], year=year) if form in ("", t.form)
    ]
    off = [t for t in totals if t.verdict not in _NOT_OFF]
    agree = len(totals) - len(off)
    click.echo(f"\n{plural(len(totals), 'total')} published, {agree:,} of them as their lines.")
    for t in off:
        added = "" if t.sum_pence is None else f", its lines {pounds(t.sum_pence)}"
        click.echo(
            f"- {_label(t.year_start)} {t.line} ({t.item}): {pounds(t.amount_pence)}{added}:"
            f" {t.verdict}, {t.why}"
        )


def show_faults(home: Home, *, as_json: bool) -> None:
    """What could not be taken, each at its cell."""
    found = returns.faults(home)
    if as_json:
        as_array(asdict(fault) for fault in found)
        return
    rows = [[f.document, f.sheet, f.cell, f.found, f.why, f.next_step, f.figures] for f in found]
    if rows:
        heads = [
            "File",
            "Sheet",
            "Cell",
            "What is there",
            "Why it is a fault",
            "What to do",
            "Figures",
        ]
        table_of(heads, rows)
    click.echo(plural(len(found), "fault") + ".")


def _key(line: ReturnLine) -> ReturnKey:
    return ReturnKey(line.form, line.agency, line.area, line.year_start)


def _label(year: int) -> str:
    return FinancialYear(year).label


def _money(pence: int | None) -> str:
    return "missing" if pence is None else pounds(pence)


def _none(agency: str) -> Refused:
    return Refused(
        f"There is no return of {agency}",
        why="none is held under that code",
        next_step="See what is held with: totalplace sources returns list",
    )
