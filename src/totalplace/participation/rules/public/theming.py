"""Themes in the hands of people: proposed, named, merged, split, moved, set apart, finished.

Every change is a move that is only added; where the themes stand is all moves in turn. So it can be
read again who put which answer where. A theme that the machine proposed has no name until a person
gives it one. Nothing is finished while a free answer is in no theme and was not set apart by a
person who read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from totalplace.refusal import Refused

WHOLE: Final = 1_000  # weight of an answer that a person put into a theme; the machine says less
_LONGEST_NAME: Final = 300
_MOST_WORDS: Final = 8  # that stand for a theme of the machine


class Verb(StrEnum):
    """What is done to themes."""

    PROPOSE = "propose themes"
    ADD = "add a theme"
    NAME = "name a theme"
    MERGE = "merge themes"
    SPLIT = "split a theme"
    PUT = "put answers into a theme"
    TAKE_OUT = "take answers out of a theme"
    SET_APART = "set answers apart"
    CLEAR_QUOTE = "clear a quotation"
    FINISH = "finish themes"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its name, the words it was found by, and how strongly each answer belongs to it."""

    number: int
    name: str
    words: tuple[str, ...]
    answers: Mapping[str, int]  # the answer, and its weight in thousandths
    by_machine: bool
    merged_into: int | None = None

    @property
    def stands(self) -> bool:
        """Whether it is a theme still, with an answer in it."""
        return self.merged_into is None and bool(self.answers)

    @property
    def called(self) -> str:
        """Its name, or the words it was found by until a person names it."""
        return self.name or "words: " + ", ".join(self.words[:_MOST_WORDS])


@dataclass(frozen=True, slots=True)
class Apart:
    """A free answer that belongs to no theme, why, and who read it."""

    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an answer as an officer cleared them to be shown."""

    theme: int
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Themes:
    """Where the themes of a hearing stand."""

    themes: Mapping[int, Theme] = field(default_factory=dict)
    apart: Mapping[str, Apart] = field(default_factory=dict)
    quotes: tuple[Quote, ...] = ()
    finished: bool = False
    moves: int = 0

    @property
    def standing(self) -> list[Theme]:
        """The themes there are, the largest first."""
        there = [theme for theme in self.themes.values() if theme.stands]
        return sorted(there, key=lambda theme: (-len(theme.answers), theme.number))

    def of(self, answer: str) -> list[Theme]:
        """The themes of an answer, the strongest first."""
        there = [theme for theme in self.standing if answer in theme.answers]
        return sorted(there, key=lambda theme: (-theme.answers[answer], theme.number))

    def unplaced(self, answers: Iterable[str]) -> list[str]:
        """Answers in no theme that nobody read and set apart: to be read by a person."""
        placed = {answer for theme in self.standing for answer in theme.answers}
        return [one for one in answers if one not in placed and one not in self.apart]


@dataclass(frozen=True, slots=True)
class Move:
    """One change of themes, and by whom."""

    verb: Verb
    said: Mapping[str, Any]
    by: str = ""


def after_all(moves: Iterable[Move]) -> Themes:
    """Where the themes stand after all moves in turn."""
    themes = Themes()
    for move in moves:
        themes = replace(_DOES[move.verb](themes, move), moves=themes.moves + 1)
    return themes


def after(themes: Themes, move: Move, *, answers: Iterable[str]) -> Themes:
    """Where the themes stand after one more move. Raises Refused for one that cannot be.

    `answers` are the free answers that count; a move of any other is refused.
    """
    known = set(answers)
    what = f"Nobody can {move.verb} so"
    if themes.finished:
        why = "the themes of this hearing are finished"
        raise Refused(what, why=why, next_step="Answer them on the page of the hearing")
    odd = set(move.said.get("answers", ())) - known
    if odd:
        why = f"{len(odd)} of these answers are not among those that count"
        raise Refused(what, why=why, next_step="Look at the page again and choose from it")
    fault = _CHECKS.get(move.verb, _no_fault)(themes, move.said)
    if fault:
        raise Refused(what, why=fault, next_step=_NEXT.get(move.verb, "Look at the page again"))
    if move.verb is Verb.FINISH and (lacks := lacking(themes, known)):
        raise Refused(what, why="; ".join(lacks), next_step="Do these first, and then finish")
    return replace(_DOES[move.verb](themes, move), moves=themes.moves + 1)


def lacking(themes: Themes, answers: Iterable[str]) -> list[str]:
    """What is still to be done before themes can be finished, each in words."""
    lacks = []
    unread = len(themes.unplaced(answers))
    if unread:
        one = "1 answer is" if unread == 1 else f"{unread:,} answers are"
        lacks.append(f"{one} in no theme and not set apart with a reason")
    nameless = sum(not theme.name for theme in themes.standing)
    if nameless:
        one = "1 theme has" if nameless == 1 else f"{nameless:,} themes have"
        lacks.append(f"{one} no name that a person gave")
    return lacks


def _no_fault(themes: Themes, said: Mapping[str, Any]) -> str:  # noqa: ARG001
    return ""


def _theme_fault(themes: Themes, said: Mapping[str, Any]) -> str:
    for key in ("theme", "into"):
        theme = themes.themes.get(said[key]) if key in said else None
        if key in said and (theme is None or theme.merged_into is not None):
            return f"there is no theme {said[key]}"
    if said.get("into") is not None and said.get("into") == said.get("theme"):
        return "a theme cannot be merged into itself"
    return ""


def _name_fault(themes: Themes, said: Mapping[str, Any]) -> str:
    name = str(said.get("name", "")).strip()
    if not name or len(name) > _LONGEST_NAME:
        return f"a theme needs a name of at most {_LONGEST_NAME} letters"
    mine = said.get("theme") if "answers" not in said else None
    for theme in themes.standing:
        if theme.number != mine and theme.name.casefold() == name.casefold():
            return f"theme {theme.number} is called that"
    return _theme_fault(themes, said)


def _answers_fault(themes: Themes, said: Mapping[str, Any]) -> str:
    if not said.get("answers"):
        return "no answer was chosen"
    return _theme_fault(themes, said)


def _within_fault(themes: Themes, said: Mapping[str, Any]) -> str:
    fault = _answers_fault(themes, said)
    if not fault and set(said["answers"]) - set(themes.themes[said["theme"]].answers):
        return f"an answer that was chosen is not in theme {said['theme']}"
    return fault


def _split_fault(themes: Themes, said: Mapping[str, Any]) -> str:
    return _within_fault(themes, said) or _name_fault(themes, said)


def _apart_fault(themes: Themes, said: Mapping[str, Any]) -> str:
    if len(str(said.get("why", "")).split()) < 2:
        return "it is not said why they belong to no theme"
    placed = [one for one in said.get("answers", ()) if themes.of(one)]
    if placed:
        return "an answer that was chosen is in a theme"
    return _answers_fault(themes, said)


def _quote_fault(themes: Themes, said: Mapping[str, Any]) -> str:
    if not str(said.get("words", "")).strip():
        return "it says nothing"
    return _within_fault(themes, said)


_CHECKS: Final = {
    Verb.ADD: _name_fault,
    Verb.NAME: _name_fault,
    Verb.MERGE: _theme_fault,
    Verb.SPLIT: _split_fault,
    Verb.PUT: _answers_fault,
    Verb.TAKE_OUT: _within_fault,
    Verb.SET_APART: _apart_fault,
    Verb.CLEAR_QUOTE: _quote_fault,
}
_NEXT: Final = {
    Verb.ADD: "Give it a name of its own",
    Verb.NAME: "Give it a name of its own",
    Verb.SPLIT: "Choose answers of the theme, and a name for the new one",
    Verb.PUT: "Choose answers, and a theme that there is",
    Verb.SET_APART: "Choose answers that are in no theme, and say why in a few words",
}


def _next_number(themes: Themes) -> int:
    return max(themes.themes, default=0) + 1


def _with(themes: Themes, *changed: Theme) -> Themes:
    return replace(themes, themes={**themes.themes, **{one.number: one for one in changed}})


def _propose(themes: Themes, move: Move) -> Themes:
    """Themes of the machine take the place of its earlier ones that nobody named or touched."""
    kept = {n: t for n, t in themes.themes.items() if t.name or t.merged_into is not None}
    number, made = _next_number(themes), {}
    for one in move.said["themes"]:
        made[number] = Theme(number, "", tuple(one["words"]), dict(one["answers"]), by_machine=True)
        number += 1
    return replace(themes, themes={**kept, **made})


def _add(themes: Themes, move: Move) -> Themes:
    number = _next_number(themes)
    chosen = dict.fromkeys(move.said.get("answers", ()), WHOLE)
    name = str(move.said["name"]).strip()
    return _no_longer_apart(
        _with(themes, Theme(number, name, (), chosen, by_machine=False)), chosen
    )


def _name(themes: Themes, move: Move) -> Themes:
    theme = themes.themes[move.said["theme"]]
    return _with(themes, replace(theme, name=str(move.said["name"]).strip()))


def _merge(themes: Themes, move: Move) -> Themes:
    one, into = themes.themes[move.said["theme"]], themes.themes[move.said["into"]]
    both = dict(into.answers)
    for answer, weight in one.answers.items():
        both[answer] = max(weight, both.get(answer, 0))
    words = tuple(dict.fromkeys((*into.words, *one.words)))
    quotes = tuple(
        replace(q, theme=into.number) if q.theme == one.number else q for q in themes.quotes
    )
    merged = replace(one, merged_into=into.number)
    return replace(_with(themes, merged, replace(into, answers=both, words=words)), quotes=quotes)


def _split(themes: Themes, move: Move) -> Themes:
    theme, chosen = themes.themes[move.said["theme"]], set(move.said["answers"])
    left = {a: w for a, w in theme.answers.items() if a not in chosen}
    gone = {a: w for a, w in theme.answers.items() if a in chosen}
    name = str(move.said["name"]).strip()
    new = Theme(_next_number(themes), name, theme.words, gone, by_machine=False)
    return _with(themes, replace(theme, answers=left), new)


def _put(themes: Themes, move: Move) -> Themes:
    theme = themes.themes[move.said["theme"]]
    chosen = dict.fromkeys(move.said["answers"], WHOLE)
    return _no_longer_apart(
        _with(themes, replace(theme, answers={**theme.answers, **chosen})), chosen
    )


def _take_out(themes: Themes, move: Move) -> Themes:
    theme, chosen = themes.themes[move.said["theme"]], set(move.said["answers"])
    left = {a: w for a, w in theme.answers.items() if a not in chosen}
    quotes = tuple(q for q in themes.quotes if (q.theme, q.answer) not in
                   {(theme.number, a) for a in chosen})  # fmt: skip
    return replace(_with(themes, replace(theme, answers=left)), quotes=quotes)


def _set_apart(themes: Themes, move: Move) -> Themes:
    why = Apart(str(move.said["why"]).strip(), move.by)
    return replace(themes, apart={**themes.apart, **dict.fromkeys(move.said["answers"], why)})


def _no_longer_apart(themes: Themes, answers: Iterable[str]) -> Themes:
    chosen = set(answers)
    return replace(themes, apart={a: w for a, w in themes.apart.items() if a not in chosen})


def _clear_quote(themes: Themes, move: Move) -> Themes:
    said: Sequence[str] = move.said["answers"]
    quote = Quote(move.said["theme"], said[0], str(move.said["words"]).strip())
    return replace(themes, quotes=(*themes.quotes, quote))


def _finish(themes: Themes, move: Move) -> Themes:  # noqa: ARG001
    return replace(themes, finished=True)


_DOES: Final = {
    Verb.PROPOSE: _propose,
    Verb.ADD: _add,
    Verb.NAME: _name,
    Verb.MERGE: _merge,
    Verb.SPLIT: _split,
    Verb.PUT: _put,
    Verb.TAKE_OUT: _take_out,
    Verb.SET_APART: _set_apart,
    Verb.CLEAR_QUOTE: _clear_quote,
    Verb.FINISH: _finish,
}
