"""Themes: proposed by the machine, finished by people, and no view of a few is lost."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from totalplace.participation import actions, models, queries
from totalplace.participation.actions import answering, theming
from totalplace.participation.queries import public
from totalplace.participation.queries.responses import free_answers
from totalplace.participation.queries.themes import finished_themes, themes_of
from totalplace.participation.rules.public import finding
from totalplace.participation.rules.public.theming import (
    Move,
    Themes,
    Verb,
    after,
    after_all,
    lacking,
)
from totalplace.refusal import Refused

from .conftest import ADA, CLOSED, OPENS, Hearing, at

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = [f"{n}.1" for n in range(1, 7)]


def benchmark(name: str) -> ModuleType:
    """A script of the benchmarks, whose made-up answers are those that it measures."""
    spec = importlib.util.spec_from_file_location(name, ROOT / f"benchmarks/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def moved(*moves: tuple[Verb, dict[str, Any]]) -> Themes:
    themes = Themes()
    for verb, said in moves:
        themes = after(themes, Move(verb, said, "ada"), answers=ANSWERS)
    return themes


def add(name: str, *answers: str) -> tuple[Verb, dict[str, Any]]:
    return Verb.ADD, {"name": name, "answers": list(answers)}


def test_a_theme_is_named_merged_and_split_and_no_answer_is_lost_on_the_way() -> None:
    themes = moved(
        add("Buses", "1.1", "2.1", "3.1"), add("Late buses", "3.1", "4.1"),
        (Verb.MERGE, {"theme": 2, "into": 1}),
        (Verb.SPLIT, {"theme": 1, "answers": ["4.1"], "name": "Night buses"}),
        (Verb.NAME, {"theme": 1, "name": "Buses by day"}),
    )  # fmt: skip
    assert [(t.name, sorted(t.answers)) for t in themes.standing] == [
        ("Buses by day", ["1.1", "2.1", "3.1"]), ("Night buses", ["4.1"]),
    ]  # fmt: skip
    assert themes.unplaced(ANSWERS) == ["5.1", "6.1"]


def test_an_answer_may_stand_in_several_themes_and_be_moved() -> None:
    themes = moved(
        add("A", "1.1"), add("B", "2.1"), (Verb.PUT, {"theme": 2, "answers": ["1.1"]}),
        (Verb.TAKE_OUT, {"theme": 1, "answers": ["1.1"]}),
    )  # fmt: skip
    assert [t.name for t in themes.of("1.1")] == ["B"]
    assert [t.name for t in themes.standing] == ["B"]  # one without answers is none


@pytest.mark.parametrize(("verb", "said", "why"), [
    (Verb.ADD, {"name": "a", "answers": ["1.1"]}, "theme 1 is called that"),
    (Verb.ADD, {"name": " ", "answers": []}, "needs a name"),
    (Verb.NAME, {"theme": 9, "name": "x"}, "there is no theme 9"),
    (Verb.MERGE, {"theme": 1, "into": 1}, "into itself"),
    (Verb.PUT, {"theme": 1, "answers": ["99.1"]}, "are not among those that count"),
    (Verb.PUT, {"theme": 1, "answers": []}, "no answer was chosen"),
    (Verb.TAKE_OUT, {"theme": 1, "answers": ["2.1"]}, "is not in theme 1"),
    (Verb.SET_APART, {"answers": ["2.1"], "why": "no"}, "not said why"),
    (Verb.SET_APART, {"answers": ["1.1"], "why": "off the point"}, "is in a theme"),
    (Verb.CLEAR_QUOTE, {"theme": 1, "answers": ["1.1"], "words": ""}, "says nothing"),
    (Verb.FINISH, {}, "5 answers are in no theme"),
])  # fmt: skip
def test_a_change_that_cannot_be_is_refused(verb: Verb, said: dict[str, Any], why: str) -> None:
    themes = moved(add("A", "1.1"))
    with pytest.raises(Refused, match=why):
        after(themes, Move(verb, said, "ada"), answers=ANSWERS)


def test_themes_that_the_machine_proposed_cannot_be_finished_before_a_person_named_them() -> None:
    proposed = {"themes": [{"words": ["bus", "late"], "answers": dict.fromkeys(ANSWERS, 500)}]}
    themes = after_all([Move(Verb.PROPOSE, proposed)])
    assert themes.standing[0].called == "words: bus, late"
    assert lacking(themes, ANSWERS) == ["1 theme has no name that a person gave"]
    again = after_all([Move(Verb.PROPOSE, proposed), Move(Verb.NAME, {"theme": 1, "name": "Buses"}),
                       Move(Verb.PROPOSE, proposed)])  # fmt: skip
    assert [t.called for t in again.standing] == ["Buses", "words: bus, late"]


def test_the_same_seed_proposes_the_same_and_views_of_one_in_a_hundred_are_not_lost() -> None:
    """600 answers, seed 1979: a view that ten people hold beside ten of other small views."""
    small = {"british sign language": 10, "stoma toilets": 10}
    planted = benchmark("themes_planted").planted(random.Random(1979), 600, small)
    found = finding.propose(planted.answers, seed=1979)
    assert found == finding.propose(planted.answers, seed=1979)
    for theme in small:
        true = planted.of(theme)
        mine = [set(one.answers) for one in found.themes
                if 2 * len(true & set(one.answers)) >= len(one.answers)]  # fmt: skip
        within = set().union(*mine) | set(found.unplaced)
        assert len(true & within) >= 7, theme
    placed = {answer for one in found.themes for answer in one.answers}
    assert placed | set(found.unplaced) == set(planted.answers)


def test_few_answers_or_answers_without_a_word_in_common_are_left_to_a_person() -> None:
    assert finding.propose({"1.1": "Buses."}).unplaced == ("1.1",)
    odd = {f"{n}.1": f"word{n}x alone{n}y" for n in range(20)}
    assert finding.propose(odd).themes == ()


def test_a_sentence_that_many_sent_word_for_word_is_a_theme_however_few_others_there_are() -> None:
    sent = {f"{n}.1": "Keep the library open on Saturdays!" for n in range(30)}
    (theme,) = finding.propose({**sent, "99.1": "Mend the road."}).themes
    assert (len(theme.answers), theme.words) == (30, ("keep", "library", "open", "saturdays"))


def test_without_the_extra_themes_are_made_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "find_spec", lambda _: None)
    with pytest.raises(Refused, match="or make the themes by hand"):
        finding.propose({"1.1": "Buses."})


@pytest.fixture
def answered(a_hearing: Callable[..., Hearing]) -> Hearing:
    """A hearing that is closed, in which twelve people answered in their own words."""
    hearing = a_hearing().begin().open()
    for number in range(12):
        said = {"q1": ["Agree"], "q2": [f"The {number}th bus is late"]}
        sent = answering.Sent(f"f{number}", 60.0)
        answering.respond(1, said, sent, keys=(b"k",), on=at(OPENS))
    return hearing.close()


def move(verb: Verb, **said: Any) -> Themes:
    return theming.move_themes(1, verb, said, by=ADA, on=at(CLOSED))


def names() -> list[str]:
    return list(free_answers(public.head(1, on=at(CLOSED))))


def test_finished_themes_are_points_that_must_be_answered_and_the_public_part_is_whole(
    answered: Hearing,
) -> None:
    move(Verb.ADD, name="Late buses", answers=names()[:11])
    move(Verb.SET_APART, answers=names()[11:], why="It says nothing of the proposal")
    move(Verb.CLEAR_QUOTE, theme=1, answers=names()[:1], words="The bus is late")
    theming.finish_themes(1, by=ADA, on=at(CLOSED))
    row = queries.hearing(1)
    assert [(p.kind.value, p.words) for p in row.points] == [("theme", "Late buses (11 answers)")]
    assert [part.part.value for part in row.parts] == ["public"]
    assert "12 answers received, 12 counted, 0 held apart" in row.parts[0].words
    seen = finished_themes(public.head(1, on=at(CLOSED)))
    assert [(t.name, t.answers, t.quotes) for t in seen] == [
        ("Late buses", 11, ("The bus is late",)),
    ]  # fmt: skip
    with pytest.raises(Refused, match="are finished"):
        move(Verb.ADD, name="Another", answers=[])


def test_nothing_is_finished_while_an_answer_is_in_no_theme(answered: Hearing) -> None:
    move(Verb.ADD, name="Late buses", answers=names()[:11])
    with pytest.raises(Refused, match="1 answer is in no theme"):
        theming.finish_themes(1, by=ADA, on=at(CLOSED))
    with pytest.raises(Refused, match="not read to its end"):
        actions.finish_part(1, "public", "All was read, believe me.", by=ADA, on=at(CLOSED))
    with pytest.raises(DatabaseError, match="not read to its end"), transaction.atomic():
        models.PartFinished.objects.create(
            hearing_id=answered.row.id, part="public", words="So be it", by="x", on=at(CLOSED),
            day=CLOSED,
        )  # fmt: skip


def test_themes_are_made_after_the_last_day_and_not_before(answered: Hearing) -> None:
    with pytest.raises(Refused, match="Wait until its last day is over"):
        theming.move_themes(1, Verb.ADD, {"name": "A", "answers": []}, by=ADA, on=at(OPENS))


def test_every_change_of_themes_stays_readable_and_out_of_turn_there_is_none(
    answered: Hearing,
) -> None:
    move(Verb.ADD, name="Late buses", answers=names())
    rows = themes_of(1, by=ADA, on=at(CLOSED))
    assert [(by, what) for _, by, what in rows.moves] == [("Ada", "add a theme")]
    with pytest.raises(DatabaseError, match="out of turn"), transaction.atomic():
        models.ThemeMove.objects.create(
            hearing_id=rows.head.id, turn=5, verb="add a theme", said={}, by="x", on=at(CLOSED)
        )
