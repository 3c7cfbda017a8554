"""The legs of each thing that happens to money in a book: one recipe a verb.

A recipe is of one colour: a line in a year, with who pays it and who hosts the book. Sums are whole
pence above nothing. Where something can be taken back (a promise varied, an allocation revised, a
commitment released, a credit note) the sum is below nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from totalplace.ledger.rules.accounts import Account, Heading, Leg

H = Heading


@dataclass(frozen=True, slots=True)
class Colour:
    """Whose money it is: a line in a year (in which the financial year begins), its payer, host."""

    line: str
    year: int
    payer: str
    host: str

    def at(self, heading: Heading, agency: str) -> Account:
        """An account of this colour."""
        return Account(heading, agency, self.line, self.year)

    @property
    def authority(self) -> Account:
        """What its payer promised."""
        return self.at(H.AUTHORITY, self.payer)

    @property
    def unallocated(self) -> Account:
        """What is not yet allocated, with the host."""
        return self.at(H.UNALLOCATED, self.host)

    @property
    def cash(self) -> Account:
        """What the host holds of it."""
        return self.at(H.CASH, self.host)

    @property
    def income(self) -> Account:
        """What came or is to come from its payer."""
        return self.at(H.INCOME, self.payer)


def moved(into: Account, out_of: Account, pence: int) -> list[Leg]:
    """The two legs of money that moves from one account to another."""
    return [Leg(into, pence), Leg(out_of, -pence)]


def promised(of: Colour, pence: int) -> list[Leg]:
    """A payer promises money; below nothing: a promise is lowered by a variation."""
    return moved(of.unallocated, of.authority, pence)


def allocated(of: Colour, agency: str, pence: int) -> list[Leg]:
    """Money is given to an agency to spend; below nothing: taken back unspent."""
    return moved(of.at(H.ALLOCATED, agency), of.unallocated, pence)


def committed(of: Colour, agency: str, pence: int) -> list[Leg]:
    """An agency binds itself to spend; below nothing: it is released."""
    return moved(of.at(H.COMMITTED, agency), of.at(H.ALLOCATED, agency), pence)


def spent(of: Colour, agency: str, pence: int) -> list[Leg]:
    """What was committed is spent and owed; below nothing: a credit note."""
    control = moved(of.at(H.SPENT, agency), of.at(H.COMMITTED, agency), pence)
    owed = moved(of.at(H.EXPENDITURE, agency), of.at(H.CREDITOR, agency), pence)
    return control + owed


def paid(of: Colour, agency: str, pence: int) -> list[Leg]:
    """What is owed for an agency's spending is paid out of the host's cash."""
    return moved(of.at(H.CREDITOR, agency), of.cash, pence)


def due(of: Colour, pence: int) -> list[Leg]:
    """A payer's money falls due; below nothing: it does not after all."""
    return moved(of.at(H.DEBTOR, of.payer), of.income, pence)


def received(of: Colour, pence: int) -> list[Leg]:
    """The host receives what was due."""
    return moved(of.cash, of.at(H.DEBTOR, of.payer), pence)


def returned(of: Colour, pence: int) -> list[Leg]:
    """Money that was received and not allocated goes back to its payer."""
    control = moved(of.at(H.RETURNED, of.payer), of.unallocated, pence)
    return control + moved(of.income, of.cash, pence)


def virement(of: Colour, to: Colour, pence: int, *, received_pence: int = 0) -> list[Leg]:
    """What is unallocated moves to another line, and what was received of it moves with it."""
    return _to_another(of, to, pence, received_pence)


def carry_forward(of: Colour, to_year: int, pence: int, *, received_pence: int = 0) -> list[Leg]:
    """What is unallocated moves to another year, and what was received of it with it."""
    return _to_another(of, replace(of, year=to_year), pence, received_pence)


def _to_another(of: Colour, to: Colour, pence: int, received_pence: int) -> list[Leg]:
    legs = moved(to.unallocated, of.unallocated, pence)
    legs += moved(of.authority, to.authority, pence)
    if received_pence:
        legs += moved(to.cash, of.cash, received_pence)
        legs += moved(of.income, to.income, received_pence)
    return legs
