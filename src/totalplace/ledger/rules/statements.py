"""Statements of a pool, from its book alone: the memorandum account, trial balance, grant returns.

The memorandum account has the parts of the example of HFMA and CIPFA, Pooled budgets and the Better
Care Fund (October 2014): what each partner put in, what was spent by scheme, what is left, and each
partner's share of that. A scheme is a line of the pool and who spends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.ledger.rules.accounts import Account, Heading, Plane
from totalplace.ledger.rules.figures import (
    Balances,
    Figure,
    Row,
    Table,
    Weight,
    less,
    of_accounts,
    summed,
    total_row,
)
from totalplace.ledger.rules.limits import Bound, Limit, standing
from totalplace.ledger.rules.sharing import PartnerBook
from totalplace.ledger.rules.year_end import YearEnd
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear

H: Final = Heading
_SPENT_ON: Final = (Heading.ALLOCATED, Heading.COMMITTED, Heading.SPENT)


@dataclass(frozen=True, slots=True)
class LineWords:
    """What statements say of a line."""

    code: str
    title: str
    payer: str
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the pool, its lines and its agencies are called."""

    lines: Sequence[LineWords]
    names: Mapping[str, str]  # agency -> name
    host: str

    def name(self, agency: str) -> str:
        """What an agency is called."""
        return self.names.get(agency, agency) or "Not arranged"

    def line(self, code: str) -> LineWords:
        """What is said of a line."""
        return next((one for one in self.lines if one.code == code), LineWords(code, code, ""))


def schemes(balances: Balances, year: int) -> list[tuple[str, str]]:
    """Every line and who was given money of it to spend, or spent it, in a year."""
    found = {
        (account.line, account.agency)
        for account, pence in balances.items()
        if account.year == year and pence and account.heading in (*_SPENT_ON, Heading.EXPENDITURE)
    }
    return sorted(found)


def partners_of(balances: Balances, year: int) -> list[str]:
    """Every agency that promised or paid something in a year."""
    headings = (Heading.AUTHORITY, Heading.INCOME, Heading.DEBTOR)
    found = {a.agency for a, pence in balances.items() if a.year == year and a.heading in headings}
    return sorted(found)


def memorandum(
    balances: Balances, words: Words, year: int, *, shared: YearEnd | None = None
) -> list[Table]:
    """The memorandum account of a pool for a year, in three or four tables.

    `shared` is how the year's over- or underspend is shared, where a clause was run on it.
    """
    put_in = _contributions(balances, words, year)
    spent = _expenditure(balances, words, year)
    tables = [put_in, spent, _balance(balances, put_in, spent, year)]
    if shared is not None:
        tables.append(_shares(words, shared))
    return tables


def _contributions(balances: Balances, words: Words, year: int) -> Table:
    rows = []
    for agency in partners_of(balances, year):
        due = of_accounts(balances, H.INCOME, agency=agency, year=year)
        owed = of_accounts(balances, H.DEBTOR, agency=agency, year=year)
        received = less(due, owed, f"income less debtor of {agency}, {year}")
        promised = of_accounts(balances, H.AUTHORITY, agency=agency, year=year)
        rows.append(Row(words.name(agency), (promised, due, received, owed)))
    rows.append(total_row("All contributions", rows))
    heads = ("Partner", "Promised", "Due", "Received", "Still owed")
    return Table(f"Contributions, {FinancialYear(year)}", heads, tuple(rows))


def _expenditure(balances: Balances, words: Words, year: int) -> Table:
    rows = []
    for line, agency in schemes(balances, year):
        spent = of_accounts(balances, H.EXPENDITURE, agency=agency, line=line, year=year)
        planned = of_accounts(balances, *_SPENT_ON, agency=agency, line=line, year=year)
        label = f"{words.line(line).title}: {words.name(agency)}"
        rows.append(Row(label, (planned, spent, less(planned, spent, "allocated less spent"))))
    rows.append(total_row("All expenditure", rows))
    heads = ("Scheme", "Allocated", "Spent", "Allocated and not spent")
    return Table(f"Expenditure by scheme, {FinancialYear(year)}", heads, tuple(rows))


def _balance(balances: Balances, put_in: Table, spent: Table, year: int) -> Table:
    # In a year of which nothing was posted the last rows have no cells.
    income, expenditure = put_in.rows[-1].cells[1:2], spent.rows[-1].cells[1:2]
    due = next((one for one in income if isinstance(one, Figure)), None)
    out = next((one for one in expenditure if isinstance(one, Figure)), None)
    due, out = due or Figure(0, "nothing is due"), out or Figure(0, "nothing was spent")
    cash = of_accounts(balances, H.CASH, year=year)
    owed_to = of_accounts(balances, H.DEBTOR, year=year)
    owes = of_accounts(balances, H.CREDITOR, year=year)
    reserve = of_accounts(balances, H.RESERVE, year=year)
    left = less(due, out, "all contributions due, less all expenditure")
    held = less(
        less(summed([cash, owed_to], "cash and debtors"), owes, "cash and debtors less creditors"),
        reserve,
        "cash and debtors, less creditors and reserves",
    )
    rows = (
        Row("Contributions due", (due,)),
        Row("Expenditure", (out,)),
        Row("Underspend, or overspend below nothing", (left,), Weight.TOTAL),
        Row("Cash held by the host", (cash,)),
        Row("Owed to the pool", (owed_to,)),
        Row("Owed by the pool", (owes,)),
        Row("Held in reserve", (reserve,)),
        Row("Check: what is held, less what is left", (less(held, left, "held less left"),),
            Weight.CHECK),
    )  # fmt: skip
    return Table(f"Balance, {FinancialYear(year)}", ("", "Pounds"), rows)


def _shares(words: Words, shared: YearEnd) -> Table:
    rows = []
    for agency, pence in sorted(shared.pays.items()):
        kept = shared.kept.get(agency, 0)
        how = "; ".join(f"{band.words}" for band in shared.bands if band.by_agency.get(agency))
        pays = Figure(max(pence, 0), how or "the year came out even")
        back = Figure(max(-pence, 0), how or "the year came out even")
        rows.append(Row(words.name(agency), (pays, back, Figure(kept, how or "nothing is kept"))))
    rows.append(total_row("All partners", rows))
    word = "overspend" if shared.figures.over_pence > 0 else "underspend"
    title = f"Share of the {word}, {shared.label}"
    return Table(title, ("Partner", "Pays", "Gets back", "Carried forward"), tuple(rows))


def partner_statement(book: PartnerBook, pool: Balances, words: Words, year: int) -> Table:
    """What a partner shows in its own accounts of a year of the pool, beside the pool's own."""
    rows = []
    for heading in (H.INCOME, H.EXPENDITURE, H.DEBTOR, H.CREDITOR, H.CASH, H.RESERVE):
        own = of_accounts(book.balances, heading, year=year)
        whole = of_accounts(pool, heading, year=year)
        share = Figure(own.pence, f"share of {whole.how.removeprefix('accounts: ')}")
        rows.append(Row(str(heading).capitalize(), (share, whole)))
    own_sum = sum(pence for account, pence in book.balances.items() if account.year == year)
    if own_sum:
        moved = Figure(-own_sum, "money that changed its line between partners, or its year")
        rows.append(Row("Moved between partners or years", (moved, "")))
    heads = ("", "Its own share", "The pool")
    return Table(f"{words.name(book.agency)}, {FinancialYear(year)}", heads, tuple(rows))


def tie(
    books: Mapping[str, PartnerBook], pool: Balances, words: Words, year: int | None = None
) -> Table:
    """Who shows what of the pool, and the line that says they are equal, to the penny."""
    shown = (H.INCOME, H.EXPENDITURE, H.DEBTOR, H.CREDITOR, H.CASH, H.RESERVE)
    rows = [
        Row(words.name(agency), tuple(of_accounts(one.balances, h, year=year) for h in shown))
        for agency, one in books.items()
    ]
    together = total_row("All partners together", rows)
    whole = Row("The pool", tuple(of_accounts(pool, h, year=year) for h in shown), Weight.TOTAL)
    if not rows:
        nothing = Figure(0, "no partner shows anything yet")
        together = Row(together.label, (nothing,) * len(shown), Weight.TOTAL)
    check = tuple(
        less(a, b, "the pool less all partners")
        for a, b in zip(whole.figures, together.figures, strict=True)
    )
    heads = ("Partner", *(str(h).capitalize() for h in shown))
    last = Row("Check: the pool less all partners", check, Weight.CHECK)
    return Table("Who shows what in its own accounts", heads, (*rows, together, whole, last))


def trial_balance(balances: Balances) -> list[Table]:
    """Debits and credits of every account of each plane, which come to the same sum."""
    tables = []
    for plane in Plane:
        rows = []
        for account in sorted(balances, key=_in_order):
            if account.heading.plane is not plane or not balances[account]:
                continue
            pence = balances[account]
            debit, credit = Figure(max(pence, 0), "balance"), Figure(max(-pence, 0), "balance")
            rows.append(Row(str(account), (debit, credit)))
        rows.append(total_row("Together", rows) if rows else _none())
        debits, credits_ = rows[-1].figures
        check = less(debits, credits_, "debits less credits")
        rows.append(Row("Check: debits less credits", (check, ""), Weight.CHECK))
        title = "What may be spent (control)" if plane is Plane.CONTROL else "Money"
        tables.append(Table(title, ("Account", "Debit", "Credit"), tuple(rows)))
    return tables


def _none() -> Row:
    nothing = Figure(0, "no account has a balance")
    return Row("Together", (nothing, nothing), Weight.TOTAL)


def _in_order(account: Account) -> tuple[int, str, str, int]:
    return list(Heading).index(account.heading), account.agency, account.line, account.year


def grant_return(
    balances: Balances, line: LineWords, words: Words, year: int, *, limits: Sequence[Limit] = ()
) -> Table:
    """What came of a grant line in a year: received, spent by whom, unspent, returned, conditions.

    A condition that was given to the book as a limit says whether it is met, with its figures. One
    in words stands as it is written: whether it is met is for the officer who signs the return.
    """
    promised = of_accounts(balances, H.AUTHORITY, line=line.code, year=year)
    due = of_accounts(balances, H.INCOME, line=line.code, year=year)
    owed = of_accounts(balances, H.DEBTOR, line=line.code, year=year)
    rows = [
        Row("Promised", (promised, "")), Row("Due", (due, "")),
        Row("Received", (less(due, owed, "due less still owed"), "")),
    ]  # fmt: skip
    spent = [
        Row(f"Spent by {words.name(agency)}",
            (of_accounts(balances, H.EXPENDITURE, agency=agency, line=code, year=year), ""))
        for code, agency in schemes(balances, year) if code == line.code
    ]  # fmt: skip
    rows += spent
    out = summed((row.figures[0] for row in spent), "sum of what was spent")
    returned = of_accounts(balances, H.RETURNED, line=line.code, year=year)
    rows.append(Row("Spent in all", (out, ""), Weight.TOTAL))
    rows.append(Row("Unspent", (less(due, out, "due less spent"), ""), Weight.TOTAL))
    rows.append(Row("Returned", (returned, "")))
    of_line = [one for one in limits if line.code in one.lines and one.year in (None, year)]
    rows += [_limit_row(one, balances, year) for one in of_line if not one.bound.of_movement]
    title = f"{line.title}, from {words.name(line.payer)}, {FinancialYear(year)}"
    note = f"Condition: {line.conditions}" if line.conditions else "No condition is attached."
    return Table(title, ("", "Pounds", "Condition"), tuple(rows), note)


def _limit_row(limit: Limit, balances: Balances, year: int) -> Row:
    """A limit of the book, what stands on its accounts in a year, and whether it is met."""
    of_year = {account: pence for account, pence in balances.items() if account.year == year}
    stands, bound = standing(limit, of_year), limit.pence or 0
    met = stands <= bound if limit.bound is Bound.AT_MOST else stands >= bound
    heading = limit.heading or "allocated + committed + spent"
    how = f"accounts: {heading}, {' + '.join(limit.lines)}, {year}"
    words = f"{limit.name}: {limit.bound} {pounds(bound)}"
    return Row(words, (Figure(stands, how), "met" if met else "not met"))
