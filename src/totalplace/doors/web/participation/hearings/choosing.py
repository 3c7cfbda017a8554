"""What an officer can do in a hearing, from the rules that guard the actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.participation.queries import HearingRow, facts
from totalplace.participation.rules.gate import Lack, lacks_to_conclude
from totalplace.participation.rules.hearings import Stage
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer

# What is offered: its address below the hearing's, the act, its words, when, and of which part.
_OFFERED: Final = (
    ("conclude", Act.CONCLUDE_HEARING, "Conclude it", (Stage.CLOSED,), ""),
    ("add-paper", Act.PREPARE_HEARING, "Add a late paper", (Stage.OPEN,), ""),
    ("extend", Act.PREPARE_HEARING, "Give it more time", (Stage.OPEN,), ""),
    ("codes", Act.ENTER_RESPONSES, "Issue codes for letters", (Stage.OPEN,), "public"),
    ("paper", Act.ENTER_RESPONSES, "Put in answers on paper", (Stage.OPEN, Stage.CLOSED), "public"),
    ("themes", Act.NAME_THEMES, "Make themes of the answers", (Stage.CLOSED,), "public"),
    ("finish/partnership", Act.SET_UP_PARTNERSHIP, "Finish the partnership’s part",
     (Stage.CLOSED,), "partnership"),
    ("withdraw", Act.PREPARE_HEARING, "Withdraw it", (Stage.OPEN, Stage.CLOSED), ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be done: its words and its address."""

    words: str
    href: str
    main: bool


def choices(row: HearingRow, *, on: date, by: Officer | None) -> list[Choice]:
    """What an officer can do to a hearing."""
    if by is None:
        return []
    stage = row.stage(on)
    asked = {"public": row.asks_public, "partnership": row.asks_partnership}
    finished = {part.value for part in row.finished}
    found: list[Choice] = []
    for at, act, words, stages, part in _OFFERED:
        if part and (part in finished or not asked[part]):
            continue
        if stage in stages and places.may(by, act, place=row.place, on=on):
            href = f"/participation/{row.number}/{at}/"
            found.append(Choice(words, href, main=at == "conclude" and not lacks(row, on)))
    return found


def replying_for(row: HearingRow, *, on: date, by: Officer | None) -> list[tuple[str, str]]:
    """The agencies that were asked and for which an officer may reply: code and name."""
    if by is None or row.stage(on) not in (Stage.OPEN, Stage.CLOSED):
        return []
    return [
        (one.agency, one.name)
        for one in row.consultees
        if one.agency and places.may(by, Act.REPLY, agency=one.agency, on=on)
    ]


def waiting_for(
    rows: Iterable[tuple[HearingRow, Stage]], *, on: date, by: Officer | None
) -> list[tuple[HearingRow, str]]:
    """The hearings that wait for an officer, and for what."""
    found = []
    for row, stage in rows if by is not None else ():
        heard = {reply.agency for reply in row.replies}
        if stage is Stage.OPEN:
            mine = replying_for(row, on=on, by=by)
            found += [(row, f"a reply for {name}") for code, name in mine if code not in heard]
        elif stage is Stage.CLOSED:
            left = sum(point.stands and point.answer is None for point in row.points)
            if left and places.may(by, Act.ANSWER_HEARD, place=row.place, on=on):
                found.append((row, f"{left} answer{'' if left == 1 else 's'}"))
            if not lacks(row, on) and places.may(by, Act.CONCLUDE_HEARING, place=row.place, on=on):
                found.append((row, "its conclusion"))
    return found


def lacks(row: HearingRow, on: date) -> list[Lack]:
    """What is lacking for a hearing to be concluded."""
    found = facts(row)
    return list(lacks_to_conclude(found, on)) if found else []
