"""Why a column was taken for a role, and what an officer should look at, in plain English."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from totalplace.sources.rules.choosing import Choice
from totalplace.sources.rules.evidence import Column
from totalplace.sources.rules.header import Header
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.rows import letter

CALLED: Final[Mapping[Role, str]] = {
    Role.AMOUNT: "the amount",
    Role.NET: "the net sum",
    Role.VAT: "the VAT",
    Role.GROSS: "the gross sum",
    Role.DATE: "the date",
    Role.PAYEE: "the payee",
    Role.PAYEE_NUMBER: "the payee's number",
    Role.UNIT: "the unit that spent",
    Role.PURPOSE: "the purpose",
    Role.REFERENCE: "the reference",
    Role.KIND: "the kind of spending",
}
_SAID: Final = (  # mark, least share, what it says
    ("money_only", 0.5, "are sums of money"),
    ("date", 0.3, "are dates"),
    ("serial", 0.5, "are days as a spreadsheet counts them"),
    ("company", 0.2, "have a word of company or body names"),
    ("letters", 0.5, "are words"),
    ("code", 0.5, "are codes"),
    ("digits", 0.5, "are whole numbers"),
)
_NEEDED: Final = (Role.AMOUNT, Role.DATE, Role.PAYEE)
_UNSURE_BELOW: Final = 0.5


def reason_for(role: Role, choice: Choice) -> str:
    """The reason in one line: what the column is called and what its cells are."""
    column = choice.column
    called = f"called {column.name!r}" if column.name else "not named"
    return "; ".join([called, *_cells_say(role, column)])


def unsure_of(header: Header, choices: Mapping[Role, Choice], doubt: str) -> tuple[str, ...]:
    """What an officer should look at, in full sentences."""
    told = [header.odd] if header.odd else []
    if not header.rows and choices:
        told.append(
            "No row with the names of the columns was found: they were taken by what they hold."
        )
    missing = [role for role in _NEEDED if role not in choices]
    told += [f"No column looks like {CALLED[role]}." for role in missing]
    explained = [choices[r].column for r in (Role.NET, Role.VAT, Role.GROSS) if r in choices]
    for role, choice in choices.items():
        if role is Role.AMOUNT and choice.runner_up in explained:
            continue  # net before gross is a rule and no doubt
        if choice.close and choice.runner_up is not None and role in (*_NEEDED, Role.UNIT):
            told.append(
                f"Two columns could be {CALLED[role]}: {_shown(choice.column)} was taken before"
                f" {_shown(choice.runner_up)}, because it is {reason_for(role, choice)}."
            )
        elif choice.confidence < _UNSURE_BELOW and role in (*_NEEDED, Role.UNIT):
            told.append(f"{_shown(choice.column)} was taken for {CALLED[role]} on slight grounds.")
    if doubt:
        told.append(doubt)
    return tuple(told)


def is_settled(doubt: str, roles: Collection[Role]) -> bool:
    """Whether a sentence of `unsure_of` is of a role that an officer has settled by a recipe."""
    return any(
        doubt == f"No column looks like {CALLED[role]}."
        or doubt.startswith(f"Two columns could be {CALLED[role]}: ")
        or doubt.endswith(f" was taken for {CALLED[role]} on slight grounds.")
        for role in roles
    )


def _shown(column: Column) -> str:
    name = f" {column.name!r}" if column.name else ""
    return f"column {letter(column.position)}{name}"


def _cells_say(role: Role, column: Column) -> list[str]:
    wanted = {
        Role.AMOUNT: ("money_only",),
        Role.NET: ("money_only",),
        Role.VAT: ("money_only",),
        Role.GROSS: ("money_only",),
        Role.DATE: ("date", "serial"),
        Role.PAYEE: ("company", "letters"),
        Role.REFERENCE: ("code", "digits"),
        Role.PAYEE_NUMBER: ("code", "digits"),
    }.get(role, ("letters", "code"))
    said = [
        f"{column.marks[mark]:.0%} of its cells {words}"
        for mark, least, words in _SAID
        if mark in wanted and column.marks.get(mark, 0.0) >= least
    ]
    if column.marks.get("vat_share"):
        said.append("it makes up the difference between two other columns")
    if role is Role.NET and column.marks.get("part_of_others"):
        said.append("with the VAT beside it, it adds up to the gross sum")
    return said
