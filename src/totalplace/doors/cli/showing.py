"""Tables, progress and plain words for a terminal. Progress goes to stderr, answers to stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click


def plural(number: int, noun: str) -> str:
    """A count with its noun: 1 table, 2,000 tables."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def as_array(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print objects as an array of JSON, each on a line of its own as soon as it is there.

    Whatever ends it early, what was printed is a whole array.
    """
    before = "[\n"
    try:
        for row in rows:
            click.echo(before + json.dumps(row, default=str), nl=False)
            before = ",\n"
    finally:
        click.echo("[]" if before == "[\n" else "\n]")


def table_of(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: words to the left, numbers to the right, thousands parted."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, head in enumerate(heads):
        numbers = bool(rows) and isinstance(rows[0][i], int)
        money = bool(rows) and str(rows[0][i]).lstrip("-").startswith("£")
        table.add_column(
            head, justify="right" if numbers or money else "left", no_wrap=numbers or money,
            overflow="fold",
        )  # fmt: skip
    for row in rows:
        table.add_row(*(f"{c:,}" if isinstance(c, int) else str(c) for c in row))
    wide = None if sys.stdout.isatty() else 160
    # Words come from files: what looks like the terminal's own marks is only words.
    Console(width=wide, highlight=False, markup=False, emoji=False).print(table)


@contextmanager
def progress(doing: str, files: Sequence[Path]) -> Iterator[Callable[[Path], None]]:
    """Show what is being read, how far it is and the time left; silent where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda path: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    whole = sum(f.stat().st_size for f in files)
    before = 0
    with Progress(
        TextColumn("{task.description}", markup=False), BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(), console=Console(stderr=True), transient=True, auto_refresh=False,
    ) as bar:  # fmt: skip
        # Drawn as each file is begun: a thread that drew it would keep reading to this process.
        task = bar.add_task(doing, total=whole or 1)

        def seen(path: Path) -> None:
            nonlocal before
            bar.update(task, completed=before, description=f"{doing} {_short(path)}", refresh=True)
            before += path.stat().st_size

        yield seen


@contextmanager
def stages(number: int) -> Iterator[Callable[[str], None]]:
    """Show what a task of so many stages is doing and the time left; silent where nobody watches.

    The time left is what the stages that are done took, put to those that are not.
    """
    if not sys.stderr.isatty():
        yield lambda doing: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    with Progress(
        TextColumn("{task.description}", markup=False), BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn(), TimeLeft(),
        console=Console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task("starting", total=number, completed=-1)
        yield lambda doing: bar.update(task, description=doing, advance=1)


def _short(path: Path) -> str:
    return "".join(c if c.isprintable() else "?" for c in path.name[:40])
