"""What a careful reader should find in the count of the example place: every pound once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from totalplace.example_place.tables import read_table, write_table


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one counted agency paid that is another's, in the files published for a year.

    `through` is the counted agency that was paid and hands the money on, if it is another;
    `nature` is one of count/definitions/natures.yaml.
    """

    payer: str
    receiver: str
    through: str
    year: str
    nature: str
    rows: int
    pence: int


@dataclass(frozen=True, slots=True)
class Told:
    """A cell of the elimination matrix: what the payer published and what the receiver got.

    `why` is empty where both are the same.
    """

    payer: str
    receiver: str
    year: str
    paid_pence: int
    received_pence: int
    why: str


@dataclass(frozen=True, slots=True)
class Spent:
    """What an agency spent on a service in the files published for a year: transfers taken out.

    The service is the true one. What it passed on to bodies outside the count stands apart under
    `passed_on`, and loans and refunds of tax under `not_spending`. `nature` is that of payments to
    public bodies which are not counted, and empty for all else.
    """

    agency: str
    year: str
    service: str
    nature: str
    rows: int
    pence: int


@dataclass(frozen=True, slots=True)
class Account:
    """A line of an agency's accounts, and what it is made of. All sums are in pence.

    Gross is what was paid to others, bought of counted bodies and taxes, pay, small sums and
    benefits; income is fees and what counted bodies paid for the service. `area` is set where the
    line is of one area only. `returned` is false where the agency sent no return for the year.
    """

    agency: str
    year: str
    area: str
    service: str
    paid_pence: int
    bought_pence: int
    pay_pence: int
    small_pence: int
    benefits_pence: int
    gross_pence: int
    fees_pence: int
    received_pence: int
    income_pence: int
    net_pence: int
    capital_pence: int
    returned: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """What the whole-place count should say of a service of an agency in a year, in pence.

    `counted_pence` is None where no return was sent, and nought where another agency's return
    shows the same money, which is then counted there.
    """

    year: str
    agency: str
    service: str
    true_pence: int
    counted_pence: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The truth of both totals: gross from payments, and net from returns."""

    transfers: tuple[Transfer, ...]
    told: tuple[Told, ...]
    spent: tuple[Spent, ...]
    accounts: tuple[Account, ...]
    whole: tuple[Whole, ...]


def write_counted(truth: Counted, into: Path) -> None:
    """Write the truth of the count into a folder, a table for each kind of row."""
    write_table(into / "transfers.csv", Transfer, truth.transfers)
    write_table(into / "matrix.csv", Told, truth.told)
    write_table(into / "count.csv", Spent, truth.spent)
    write_table(into / "returns.csv", Account, truth.accounts)
    write_table(into / "whole.csv", Whole, truth.whole)


def read_counted(held: Path) -> Counted:
    """The truth of the count as it stands in a folder. Raises OSError where there is none."""
    return Counted(
        read_table(held / "transfers.csv", Transfer),
        read_table(held / "matrix.csv", Told),
        read_table(held / "count.csv", Spent),
        read_table(held / "returns.csv", Account),
        read_table(held / "whole.csv", Whole),
    )
