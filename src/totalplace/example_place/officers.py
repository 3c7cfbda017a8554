"""What officers of the example place know and no file says: their rulings, with reasons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from totalplace.count.actions import rulings
from totalplace.count.actions.rulings import Lines
from totalplace.count.rules.rulings import NO_TRANSFER, Subject
from totalplace.example_place.agencies import PROFILES
from totalplace.example_place.between import FLOWS
from totalplace.places.rules.mandates import Who

# A trust and departments, which have no GSS code and so no other names in a register, and the
# combined authority, whose two letters may stand for anything.
_NO_RULE: Final = ("EX-CA", "EX-HT", "EX-HP", "EX-WL")
_SHORT: Final = "This is how our ledger shortens the name of that body."
_FUND: Final = (
    "The county administers the fund, and the money is its members': contributions are a cost of "
    "those who pay them."
)
Said = tuple[str, Subject, str, str, str]  # agency, subject, payee, what is said, reason


def known() -> Iterator[Said]:
    """Every ruling: short names that no rule can tell, and a fund that is no council."""
    for flow in FLOWS:
        for name in PROFILES[flow.paid_to].agency.also_known_as if flow.paid_to else ():
            if flow.paid_to in _NO_RULE:
                yield flow.payer, Subject.PAYEE, name, f"agency:{flow.paid_to}", _SHORT
        if flow.nature == "pension":
            yield flow.payer, Subject.TRANSFER, flow.payee, NO_TRANSFER, _FUND


def rule(*, by: Who, on: datetime) -> list[int]:
    """Put every ruling on the record, after `take_in`; returns their numbers."""
    return [
        rulings.rule(agency, subject, Lines(payee=payee), said=said, reason=reason, by=by, on=on)
        for agency, subject, payee, said, reason in dict.fromkeys(known())
    ]
