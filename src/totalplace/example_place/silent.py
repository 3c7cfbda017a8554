"""Lines whose words tell nothing: coded to what was bought, and not to what it was for.

Ledgers that publish CIPFA's subjective headings (employees, premises, supplies and services) say
nothing of the service. The place knows what each line was for; a careful reader cannot.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from zlib import crc32

from totalplace.example_place.subjects import Subject, bought_by

SHARE_PER_CENT: Final = 20  # of an agency's suppliers of what every service buys
KINDS: Final = ("county", "district", "combined-authority")  # other bodies are for one service
# Subjective headings of the Service Reporting Code of Practice, by what the supplier sells.
_SAID: Final = {
    "staffing": ("Employees", "Agency staff"),
    "training": ("Employees", "Training"),
    "building": ("Premises Related Expenditure", "Repairs, alterations and maintenance"),
    "energy": ("Premises Related Expenditure", "Energy costs"),
    "vehicles": ("Transport Related Expenditure", "Contract hire and operating leases"),
    "computing": ("Supplies and Services", "Communications and computing"),
    "supplies": ("Supplies and Services", "Equipment, furniture and materials"),
    "advice": ("Supplies and Services", "Professional fees"),
    "person": ("Third Party Payments", "Payments to individuals"),
}


def as_published(subject: Subject, code: str, kind: str, whom: str) -> Subject:
    """A subject as an agency publishes it for one payee: perhaps in words that tell nothing.

    `whom` is the supplier's code, or the reference of a payment to a person. What was bought of a
    supplier whose words tell nothing may have been for any service of the agency; a person was
    paid for what the subject says. The sum and the VAT stay.
    """
    if kind not in KINDS or subject.trade not in _SAID:
        return subject
    chance = crc32(f"{code}/{whom}/{subject.purpose}".encode())
    if chance % 100 >= SHARE_PER_CENT:
        return subject
    unit, purpose = _SAID[subject.trade]
    if subject.trade == "person":
        return replace(subject, unit=unit, purpose=purpose, telling=False)
    own = [each for each in bought_by(code, kind) if each.trade != "person"]
    true = own[chance // 100 % len(own)]
    return replace(
        subject, unit=unit, purpose=purpose, telling=False,
        service=true.service, function=true.function,
    )  # fmt: skip
