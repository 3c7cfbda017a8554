"""How a file that was given is named, and the refusals that every way of opening it shares."""

from __future__ import annotations

from typing import Final

from totalplace.refusal import Refused

_LONGEST: Final = 300


class NotATable(Refused):
    """The file is whole and harmless as far as is known, but it is not a table."""


def shown_name(name: str) -> str:
    """A name with its control characters spelt out, so that it cannot rewrite what is around it.

    Marks that turn the direction of writing are spelt out too: they can make "fdp.exe" read as
    "exe.pdf".
    """
    safe = printable(name)
    return safe if len(safe) <= _LONGEST else f"{safe[: _LONGEST - 1]}…"


def printable(text: str) -> str:
    """Text with what is no plain character spelt out, however long."""
    return (
        text if text.isprintable() else "".join(c if c.isprintable() else _spelt(c) for c in text)
    )


def distinct(name: str, taken: set[str]) -> str:
    """A shown name that no other of a file has, numbered where one has it; it is added to them."""
    own, number = shown_name(name), 1
    while own in taken:
        number += 1
        own = f"{shown_name(name)[: _LONGEST - 12]} ({number})"
    taken.add(own)
    return own


def _spelt(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def size(count: int) -> str:
    """Bytes as an officer reads them: "20 GB", "1.5 MB", "300 bytes"."""
    for unit, name in ((2**30, "GB"), (2**20, "MB"), (2**10, "KB")):
        if count >= unit:
            return f"{count / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{count} bytes"


def damaged(name: str) -> Refused:
    """The refusal of a file that is cut short or changed on its way."""
    return Refused(
        f"{name} was not read",
        why="it is damaged or cut short",
        next_step="Download it again; if it fails again, ask its publisher for a new copy",
    )


def locked(name: str) -> Refused:
    """The refusal of a file that needs a password."""
    return Refused(
        f"{name} was not read",
        why="it is locked with a password",
        next_step="Open it with the password, save it without one, and give that file",
    )
