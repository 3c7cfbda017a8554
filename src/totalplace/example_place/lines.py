"""One true line of an agency's books: what was paid, before it is published in any form."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from totalplace.example_place.truth import RowKind


class Line(NamedTuple):  # a tuple, for there are a hundred thousand of them
    """A payment, card purchase or commitment. Gross is net and VAT together.

    `amount_text` and `date_text`, where not empty, are what is published instead of a readable
    cell; `planted` names the trap that this line is part of. `payee_agency` is the counted agency
    that was paid, `receiver` the one whose money it is, and `nature` what a payment between public
    bodies is. `service` is what it was for, and `telling` whether its words tell that.
    """

    kind: RowKind
    net_pence: int
    vat_pence: int
    paid_on: date
    payee: str
    payee_number: str
    supplier: str
    unit: str
    purpose: str
    function: str
    service: str
    detail: str
    reference: str
    telling: bool = True
    payee_agency: str = ""
    receiver: str = ""
    nature: str = ""
    redacted: bool = False
    planted: str = ""
    amount_text: str | None = None
    date_text: str | None = None
    ends_on: date | None = None  # of a contract

    @property
    def gross_pence(self) -> int:
        """What left the bank, recoverable VAT included, in pence."""
        return self.net_pence + self.vat_pence
