"""A book as plain text that beancount reads: https://beancount.github.io/docs/ (syntax of v3).

Every posting is one transaction, in both planes; what may be spent stands below Equity:Control. The
balance of every account is stated at the end, so that whoever reads it sees that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from totalplace.ledger import queries
from totalplace.ledger.queries import PostingRow
from totalplace.ledger.rules.accounts import Account, Heading
from totalplace.record.rules.chain import as_time

_ROOTS: Final = {
    Heading.CASH: "Assets:Cash",
    Heading.DEBTOR: "Assets:Debtors",
    Heading.CREDITOR: "Liabilities:Creditors",
    Heading.INCOME: "Income:Income",
    Heading.EXPENDITURE: "Expenses:Expenditure",
    Heading.RESERVE: "Equity:Reserve",
    Heading.AUTHORITY: "Equity:Control:Authority",
    Heading.UNALLOCATED: "Equity:Control:Unallocated",
    Heading.ALLOCATED: "Equity:Control:Allocated",
    Heading.COMMITTED: "Equity:Control:Committed",
    Heading.SPENT: "Equity:Control:Spent",
    Heading.RETURNED: "Equity:Control:Returned",
}
_PLAIN: Final = re.compile(r"[^A-Za-z0-9-]")
_NOT_LETTERS: Final = re.compile(r"[^A-Za-z0-9]")


def beancount_of(book: str) -> Iterator[str]:
    """The text of a book, a piece at a time. Raises Refused where there is no such book."""
    row, balances = queries.book(book), queries.balances(book)
    yield f"; {_words(row.title)}, {row.years_in_words}. Amounts in pounds.\n"
    yield f'option "title" "{_words(row.title)}"\noption "operating_currency" "GBP"\n\n'
    for account in balances:
        yield f"1990-01-01 open {account_name(account)} GBP\n"
    last = None
    for posting in queries.postings(book):
        last = posting.day if last is None else max(last, posting.day)
        yield from _transaction(posting)
    if last is not None:
        yield "\n"
        for account, pence in balances.items():
            after = last + timedelta(days=1)
            yield f"{after} balance {account_name(account)} {_amount(pence)}\n"


def account_name(account: Account) -> str:
    """The name of an account; letters, digits and hyphens, each part beginning with a capital."""
    agency, line = _part("A", account.agency), _part("L", account.line)
    return f"{_ROOTS[account.heading]}:{agency}:{line}:Y{account.year}"


def _transaction(row: PostingRow) -> Iterator[str]:
    yield f'\n{row.day} * "{row.kind}" "{_words(row.note)}"\n'
    yield f"  number: {row.number}\n"
    yield f'  citation: "{_words(str(row.citation))}"\n'
    yield f'  known: "{as_time(row.on)}"\n'
    yield f'  by: "{_words(row.by)}"\n'
    if row.reverses is not None:
        yield f"  reverses: {row.reverses}\n"
    for t in row.transfers:
        yield f"  {account_name(t.debit)}  {_amount(t.pence)}\n"
        yield f"  {account_name(t.credit)}  {_amount(-t.pence)}\n"


def _part(letter: str, code: str) -> str:
    """A code as a part of a name, so that no two codes are named alike.

    Signs that may not stand there go by their number, after two hyphens; so does a hyphen where
    there are two already.
    """
    odd = _PLAIN if "--" not in code else _NOT_LETTERS
    return f"{letter}-" + odd.sub(lambda sign: f"--{ord(sign[0]):x}-", code)


def _amount(pence: int) -> str:
    whole, odd = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{whole}.{odd:02d} GBP"


def _words(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
