"""Made-up suppliers, each spelt differently by the agencies that pay it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from zlib import crc32

from totalplace.example_place.words import ENDS, LEGAL_FORMS, PLACES, STARTS, TRADES

HOW_MANY = 2_500


@dataclass(frozen=True, slots=True)
class Supplier:
    """A made-up supplier: its true name, what it sells, and where in the list it stands."""

    code: str
    name: str
    trade: str


# Payees whose names trip a careless reader: none of them is a total, a header or a note.
AWKWARD = (
    ("Total Ulvello Roofing Ltd", "building"),
    ("TOTALLY THRAPABY SKIPS LTD", "waste"),
    ("Grand Total Theatre Company CIC", "leisure"),
    ("Net Broxaby Systems Ltd", "computing"),
    ("Supplier Direct (Wexshire) Ltd", "supplies"),
    ("Café Plevocke", "supplies"),
    ("Zellander – Frellorby Nurseries", "children"),
    ("“The Yarbello” Lettings", "housing"),
    ("Gwexurst, Haskingle & Co", "advice"),
    ("4 Drunnello Fleet Services Ltd", "vehicles"),
)  # fmt: skip


def invent(seed: int) -> tuple[Supplier, ...]:
    """The place's suppliers, in an order that is the same for the same seed."""
    rng = Random(f"{seed}/suppliers")
    made: dict[str, str] = dict(AWKWARD)
    trades = tuple(TRADES)
    while len(made) < HOW_MANY:
        trade = rng.choice(trades)
        made.setdefault(_name(rng, trade), trade)
    return tuple(
        Supplier(f"S{place:04d}", name, trade) for place, (name, trade) in enumerate(made.items())
    )


def _name(rng: Random, trade: str) -> str:
    word = rng.choice(STARTS) + rng.choice(ENDS)
    sells = rng.choice(TRADES[trade])
    shape = rng.random()
    if shape < 0.07:
        return f"{sells} of {rng.choice(PLACES)} {rng.choice(LEGAL_FORMS)}"
    if shape < 0.14:
        return f"{word} {sells} ({rng.choice(PLACES)}) {rng.choice(LEGAL_FORMS)}"
    if shape < 0.20:
        return f"{word} and {rng.choice(STARTS)}{rng.choice(ENDS)} {sells}"
    if shape < 0.24:
        return f"Friends of {word} {rng.choice(('Park', 'Library', 'Hospice', 'Commons'))}"
    return f"{word} {sells} {rng.choice(LEGAL_FORMS)}"


def spelt(supplier: Supplier, style: str, rng: Random) -> str:
    """A supplier's name in an agency's own style, one time in twenty-five spelt another way."""
    name = supplier.name
    if rng.random() < 0.04:
        name = _another_way(name, rng)
    if style == "upper":
        return name.upper()
    if style == "lower":
        return name.lower()
    if style == "short":
        return re.sub(r"\bLimited\b", "Ltd", name)
    return name


def _another_way(name: str, rng: Random) -> str:
    ways = (
        lambda: name.replace(" Ltd", " Limited").replace(" LTD", " Limited"),
        lambda: name.replace("&", "and") if "&" in name else name.replace(" and ", " & "),
        lambda: re.sub(r" (Ltd\.?|LTD|Limited|LLP|plc|CIC)$", "", name),
        lambda: _swapped(name, rng),
        lambda: f"{name} T/A {name.partition(' ')[0]}",
        name.upper,
    )
    return rng.choice(ways)()


def _swapped(name: str, rng: Random) -> str:
    """Two neighbouring letters of the first word change places, as in a slip of typing."""
    first, _, rest = name.partition(" ")
    if len(first) < 4:
        return name
    at = rng.randrange(1, len(first) - 2)
    slip = first[:at] + first[at + 1] + first[at] + first[at + 2 :]
    return f"{slip} {rest}".strip()


def number(supplier: str, agency: str) -> str:
    """The number that an agency's ledger gives a supplier: six digits, its own for each agency."""
    return str(200_000 + crc32(f"{supplier}/{agency}".encode()) % 700_000)
