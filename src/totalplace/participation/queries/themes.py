"""Where the themes of a hearing stand, with the answers in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from totalplace.participation import models
from totalplace.participation.definitions.public import counting, limits
from totalplace.participation.queries.public import HearingHead, head
from totalplace.participation.queries.responses import free_answers
from totalplace.participation.rules.public.abuse import campaigns, once
from totalplace.participation.rules.public.small_numbers import shown
from totalplace.participation.rules.public.theming import Move, Theme, Themes, Verb, after_all
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class ThemesRow:
    """Themes, every free answer that counts by its name, and who made which move when."""

    head: HearingHead
    themes: Themes
    answers: Mapping[str, str]
    moves: Sequence[tuple[datetime, str, str]]  # when, by whom, what

    @property
    def unplaced(self) -> list[str]:
        """Answers in no theme that nobody set apart."""
        return self.themes.unplaced(self.answers)


@dataclass(frozen=True, slots=True)
class PublicTheme:
    """A finished theme as anybody sees it. None: too few answers to be told."""

    number: int
    name: str
    answers: int | None
    counted_once: int | None  # each campaign as one
    quotes: tuple[str, ...]


def moves_of(hearing_id: int) -> list[models.ThemeMove]:
    """Every move of themes in turn: private to the room."""
    return list(models.ThemeMove.objects.filter(hearing_id=hearing_id).order_by("turn"))


def standing(hearing_id: int) -> Themes:
    """Where themes stand."""
    return after_all(Move(Verb(m.verb), m.said, m.by) for m in moves_of(hearing_id))


def check_was_read(hearing_id: int) -> None:
    """Raise Refused where the public answered and its themes are not finished."""
    answered = models.Response.objects.filter(hearing_id=hearing_id).exists()
    if answered and not standing(hearing_id).finished:
        raise Refused(
            "The part of the public cannot be finished",
            why="what people answered was not read to its end",
            next_step="Finish the themes of their answers, which finishes this part too",
        )


def themes_of(number: int, *, by: Who, on: datetime) -> ThemesRow:
    """Themes with their answers, for those who name them. Raises Refused for anybody else."""
    found = head(number, on=on)
    places.power(by, Act.NAME_THEMES, place=found.place, on=on)
    moves = moves_of(found.id)
    themes = after_all(Move(Verb(m.verb), m.said, m.by) for m in moves)
    return ThemesRow(found, themes, free_answers(found), [(m.on, m.by, m.verb) for m in moves])


def theme_of(row: ThemesRow, theme: int) -> Theme:
    """A theme by its number. Raises Refused where there is none, or it was merged."""
    found = row.themes.themes.get(theme)
    if found is None or found.merged_into is not None:
        into = f"it was merged into theme {found.merged_into}" if found else "there is none"
        raise Refused(f"There is no theme {theme}", why=into, next_step="Choose one of the list")
    return found


def finished_themes(found: HearingHead) -> list[PublicTheme]:
    """The themes as anybody sees them; none before they are finished.

    Quotations are those that an officer cleared, and of themes with enough answers to be told.
    """
    themes = standing(found.id)
    if not themes.finished:
        return []
    answers = free_answers(found)
    copies = campaigns({n: [text] for n, text in enumerate(answers.values())}, limits=limits())
    names = list(answers)
    kept = {names[n] for n in once(range(len(names)), copies)}
    below = counting().hidden_below
    rows = []
    for theme in themes.standing:
        count = shown(len(theme.answers), below=below)
        single = shown(len(kept & set(theme.answers)), below=below)
        quotes = tuple(q.words for q in themes.quotes if q.theme == theme.number)
        told = quotes if count is not None else ()
        rows.append(PublicTheme(theme.number, theme.name, count, single, told))
    return rows
