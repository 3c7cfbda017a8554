"""`totalplace ledger`: books in which nothing is edited, and every pound keeps its colour.

Commands of partners' own ledgers are added by their own module.
"""

from __future__ import annotations

import click

from totalplace.doors.cli.ledger.closing import close, seal, verify
from totalplace.doors.cli.ledger.looking import balances, export, lines, list_all, postings
from totalplace.doors.cli.ledger.partners import (
    agree_clause,
    arrange,
    close_year,
    condition,
    forecast,
    partners,
    quarterly,
    run_clause,
    statement,
)
from totalplace.doors.cli.ledger.posting import from_file, post, reverse, template
from totalplace.doors.cli.ledger.reconciling import differences, explain, reconcile
from totalplace.doors.cli.ledger.setting_up import limit, line, open_book


@click.group()
def ledger() -> None:
    """Books of pools and agreements: every pound from its promise to its final use.

    BOOK is the code of a book, such as better-care. Sums are pounds, such as 1250000.50.
    """


for _command in (
    list_all, lines, balances, postings, open_book, line, limit, post, template, from_file,
    reverse, close, seal, verify, export,
    partners, arrange, statement, quarterly, forecast, condition, run_clause, agree_clause,
    close_year, reconcile, differences, explain,
):  # fmt: skip
    ledger.add_command(_command)
