"""The machine proposes themes; people name, merge, split, move, set apart and finish them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from totalplace.participation import models
from totalplace.participation.actions.acting import Opened, opened, write
from totalplace.participation.actions.hearing import finish_part, raise_point
from totalplace.participation.definitions.public import counting
from totalplace.participation.queries.public import HearingHead, head
from totalplace.participation.queries.responses import digest_of_all, free_answers, how_many
from totalplace.participation.queries.themes import standing
from totalplace.participation.rules.hearings import Part, Stage
from totalplace.participation.rules.public.finding import SEED, Seen, propose
from totalplace.participation.rules.public.theming import Move, Themes, Verb, after
from totalplace.participation.rules.replies import PointKind
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

_DIGITS = 16  # of a digest on a page; the whole of it stands in the move that finished the themes


def propose_themes(
    number: int, *, by: Who, on: datetime, seed: int = SEED, seen: Seen | None = None
) -> int:
    """Let the machine propose themes; returns how many. Those that nobody named are replaced.

    It may take minutes; nobody waits meanwhile, for the search is outside the transaction. Raises
    Refused before the last day is over, once themes are finished, and without the extra `text`.
    """
    found = head(number, on=on)
    places.power(by, Act.NAME_THEMES, place=found.place, on=on)
    _check_stage(found.stage)
    answers = _waiting_for(found)
    said = propose(answers, seed=seed, seen=seen) if seen else propose(answers, seed=seed)
    themes = [{"words": list(one.words), "answers": dict(one.answers)} for one in said.themes]
    unplaced = len(said.unplaced)
    move_themes(
        number, Verb.PROPOSE, {"themes": themes, "seed": seed, "unplaced": unplaced}, by=by, on=on
    )
    return len(themes)


def _waiting_for(found: HearingHead) -> dict[str, str]:
    """Free answers that no person put into a theme that has a name, or set apart."""
    themes = standing(found.id)
    placed = {a for theme in themes.standing if theme.name for a in theme.answers}
    return {
        name: text for name, text in free_answers(found).items()
        if name not in placed and name not in themes.apart
    }  # fmt: skip


@transaction.atomic
def move_themes(
    number: int, verb: Verb, said: Mapping[str, Any], *, by: Who, on: datetime
) -> Themes:
    """Make one change of themes. Raises Refused for one that cannot be.

    Said are `name`, `theme` and `into` (numbers), `answers` (as ["12.3"]), `why`, `words`.
    """
    this = opened(number, Act.NAME_THEMES, by=by, on=on)
    _check_stage(this.stage)
    following = _moved(this, verb, said)
    write(this, verb.value, citing=_told(verb, said))
    return following


@transaction.atomic
def finish_themes(number: int, *, by: Who, on: datetime) -> Themes:
    """Finish the themes: each becomes a point that must be answered, and no answer is added more.

    Raises Refused while a free answer stands in no theme and was not set apart by a person who read
    it, and while a theme has no name that a person gave.
    """
    this = opened(number, Act.NAME_THEMES, by=by, on=on)
    _check_stage(this.stage)
    digest = digest_of_all(this.row.id)
    count = how_many(number, on=on)
    themes = _moved(this, Verb.FINISH, {"digest": digest, "received": count.received})
    for theme in themes.standing:
        raise_point(
            number, PointKind.THEME.value, f"{theme.name} ({_public_count(len(theme.answers))})",
            source=Citation("theme", f"{number}/{theme.number}"), by=by, on=on,
        )  # fmt: skip
    models.CodeSalt.objects.filter(hearing_id=this.row.id).exclude(salt="").update(salt="")
    models.KeptAnswer.objects.filter(hearing_id=this.row.id).exclude(fields={}).update(fields={})
    apart = count.received - count.counted
    words = (
        f"{_answers(count.received)} received, {count.counted:,} counted, {apart:,} held apart "
        f"with reasons; {len(themes.standing)} themes; {len(themes.apart):,} free answers read "
        f"and set apart; digest of all begins {digest[:_DIGITS]}"
    )
    finish_part(number, Part.PUBLIC.value, words, by=by, on=on)
    return themes


@transaction.atomic
def forget_unsent(*, on: datetime) -> int:
    """Empty answers that were kept for later, and salts of codes, of hearings that are over."""
    emptied = 0
    kept = models.KeptAnswer.objects.exclude(fields={}).values_list("hearing__number", flat=True)
    salted = models.CodeSalt.objects.exclude(salt="").values_list("hearing__number", flat=True)
    for number in sorted({*kept, *salted}):
        found = head(number, on=on)
        if found.stage in (Stage.CLOSED, Stage.CONCLUDED, Stage.WITHDRAWN):
            rows = models.KeptAnswer.objects.filter(hearing_id=found.id).exclude(fields={})
            emptied += rows.update(fields={})
            salts = models.CodeSalt.objects.filter(hearing_id=found.id).exclude(salt="")
            salts.update(salt="")
    return emptied


def _moved(this: Opened, verb: Verb, said: Mapping[str, Any]) -> Themes:
    before = standing(this.row.id)
    answers = free_answers(head(this.row.number, on=this.on))
    following = after(before, Move(verb, said, this.by.name), answers=answers)
    models.ThemeMove.objects.create(
        hearing_id=this.row.id, turn=before.moves + 1, verb=verb.value, said=dict(said),
        by=this.by.name, on=this.on,
    )  # fmt: skip
    return following


def _check_stage(stage: Stage) -> None:
    if stage is not Stage.CLOSED:
        raise Refused(
            "Themes cannot be worked on",
            why=f"the hearing is {stage}",
            next_step="Wait until its last day is over" if stage is Stage.OPEN else "See its page",
        )


def _told(verb: Verb, said: Mapping[str, Any]) -> str:
    """What stands on the record: never the words of an answer."""
    if verb is Verb.PROPOSE:
        return f"{len(said['themes'])} themes, seed {said['seed']}"
    parts = [f"theme {said['theme']}"] if "theme" in said else []
    parts += [f"into {said['into']}"] if "into" in said else []
    parts += [str(said["name"]).strip()] if "name" in said else []
    parts += [_answers(len(said["answers"]))] if said.get("answers") else []
    parts += [str(said["why"]).strip()] if "why" in said else []
    return "; ".join(parts)


def _public_count(several: int) -> str:
    """How many answers a theme has, as anybody may read it: a small number might tell who."""
    least = counting().hidden_below
    return _answers(several) if several >= least else f"fewer than {least} answers"


def _answers(several: int) -> str:
    return "1 answer" if several == 1 else f"{several:,} answers"
