"""The compiled loops loaded before a process is divided, so that none of its parts loads them."""

from __future__ import annotations

from functools import cache
from typing import Final

from totalplace.sources.reading.block import Tally
from totalplace.sources.reading.text import InMemory, survey, utf8_blocks
from totalplace.sources.rules.layout import Layout, Role, Taken
from totalplace.sources.rules.rows import Control, Table

_HEADER: Final = "Date,Supplier,Amount,Team,Category,Reference\n"
_ROW: Final = 'Café,"Repairs, ""other""",{}\n'
_TAKEN: Final = {
    role: Taken(at, role.value, 1.0, "")
    for at, role in enumerate((Role.DATE, Role.PAYEE, Role.AMOUNT))
} | {Role.REFERENCE: Taken(5, "reference", 1.0, "")}


@cache
def load() -> None:
    """Read a table of no meaning, in which every form is that the loops know."""
    from totalplace.sources.reading import swift

    rows = [f"0{n % 9 + 1}/04/2024,Yarrow Ltd,{n}.50,{_ROW.format(n)}" for n in range(5_000)]
    rows += ["x,1610 Ltd,1-,,,\n", ",Total,,,,\n", 'y,a "b",2,,"c\nd",\n']
    source = InMemory("", (_HEADER + "".join(rows)).encode("cp1252"))
    form = survey(source)
    layout = Layout(header_rows=(1,), first_row=2, width=6, taken=_TAKEN, details=(3, 4))
    table = Table(layout, (), Control())
    for blocks in (utf8_blocks(source, form), [(_HEADER + "".join(rows[:9])).encode()]):
        for _ in swift.read(blocks, ",", table, Tally(), None):
            pass
