"""A made-up officer reads every answer, keeps what the machine found right, and finishes themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from totalplace.example_place.heard.words import PLANTED
from totalplace.participation.actions import theming
from totalplace.participation.queries import public
from totalplace.participation.queries.responses import free_answers
from totalplace.participation.queries.themes import standing
from totalplace.participation.rules.public.theming import Verb
from totalplace.places.rules.mandates import Who
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Found:
    """What the machine made of the planted themes: how many it proposed, and which it found.

    A theme was found if most of its answers stand in themes of the machine that are mostly of it:
    which a person has but to name, or to merge. None is proposed without the extra `text`.
    """

    proposed: int
    found: tuple[str, ...]
    missed: tuple[str, ...]


def finish(number: int, true: Mapping[str, str], *, by: Who, on: datetime, seed: int) -> Found:
    """Finish the themes of a hearing, so that every answer stands where it truly belongs."""
    try:
        theming.propose_themes(number, by=by, on=on, seed=seed)
    except Refused as refused:
        if "text" not in f"{refused.why} {refused.next_step}":
            raise
    found_hearing = public.head(number, on=on)
    belongs = {key: true[text] for key, text in free_answers(found_hearing).items()}
    found = _judged(found_hearing.id, belongs)
    _arrange(number, found_hearing.id, belongs, by=by, on=on)
    theming.finish_themes(number, by=by, on=on)
    return found


def _judged(hearing: int, belongs: Mapping[str, str]) -> Found:
    machine = standing(hearing).standing
    sizes = Counter(belongs.values())
    together: dict[str, set[str]] = {}
    for theme in machine:
        ((most, several),) = Counter(belongs[a] for a in theme.answers).most_common(1)
        if several * 2 > len(theme.answers):
            there = {answer for answer in theme.answers if belongs[answer] == most}
            together.setdefault(most, set()).update(there)
    found = {name for name, there in together.items() if len(there) * 2 > sizes[name]}
    names = [theme.name for theme in PLANTED]
    return Found(
        len(machine),
        tuple(name for name in names if name in found),
        tuple(name for name in names if name not in found),
    )


def _arrange(
    number: int, hearing: int, belongs: Mapping[str, str], *, by: Who, on: datetime
) -> None:
    """Name, merge and put right, one move at a time, as a person at a screen would."""

    def move(verb: Verb, **said: object) -> None:
        theming.move_themes(number, verb, said, by=by, on=on)

    mine: dict[str, int] = {}
    for theme in standing(hearing).standing:
        ((most, _),) = Counter(belongs[a] for a in theme.answers).most_common(1)
        if most and most not in mine:
            mine[most] = theme.number
            move(Verb.NAME, theme=theme.number, name=most)
        elif most:
            move(Verb.MERGE, theme=theme.number, into=mine[most])
        else:
            move(Verb.TAKE_OUT, theme=theme.number, answers=list(theme.answers))
    for name, theme_number in mine.items():
        there = standing(hearing).themes[theme_number].answers
        wrong = [answer for answer in there if belongs[answer] != name]
        if wrong:
            move(Verb.TAKE_OUT, theme=theme_number, answers=wrong)
    for name in dict.fromkeys(filter(None, belongs.values())):
        theme_now = standing(hearing).themes.get(mine.get(name, 0))
        there = theme_now.answers if theme_now else {}
        right = [answer for answer, true in belongs.items() if true == name and answer not in there]
        if name not in mine:
            move(Verb.ADD, name=name, answers=right)
        elif right:
            move(Verb.PUT, theme=mine[name], answers=right)
    if nothing := [answer for answer, true in belongs.items() if not true]:
        move(Verb.SET_APART, answers=nothing, why="They say that there is nothing to say")
