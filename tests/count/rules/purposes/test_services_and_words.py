"""The list of services and the files of words are read whole, or refused at the key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from totalplace.count.definitions import purpose_words
from totalplace.count.definitions.purpose_words import classifier
from totalplace.count.definitions.reading import read
from totalplace.count.definitions.services import services
from totalplace.count.rules.purposes.services import Decides, services_of
from totalplace.count.rules.purposes.words import Sureness
from totalplace.refusal import Refused

A_SERVICE = {"title": "Ferries", "cofog": "04.5", "decides": "local", "why": "By the council."}


def test_every_service_says_who_decides_but_the_unclassified() -> None:
    assert [s.code for s in services().values() if s.decides is Decides.NOBODY] == ["unclassified"]
    assert all(service.title and service.why for service in services().values())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"decides": "everybody"}, "at services.ferries, 'everybody' is not one of"),
        ({"cofog": 4.5}, "at services.ferries, every value is a text"),
        ({"colour": "blue"}, "at services.ferries, it lacks or should not have: colour"),
    ],
)
def test_a_service_that_is_wrong_is_refused_at_its_key(change: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        services_of({"ferries": A_SERVICE | change})


def test_a_service_without_a_why_is_refused() -> None:
    with pytest.raises(Refused, match="ferries, it lacks or should not have: why"):
        services_of({"ferries": {k: v for k, v in A_SERVICE.items() if k != "why"}})


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        (purpose_words.COUNCILS, lambda f: f["services"].update(zoos={"sure": ["zoo"]}), "'zoos'"),
        (purpose_words.COUNCILS, lambda f: f["strengths"].update(sure=5.5), "a whole number"),
        (
            purpose_words.COUNCILS,
            lambda f: f["services"]["housing"].update(maybe=["flat"]),
            "services.housing.maybe is none of",
        ),
        (
            purpose_words.COUNCILS,
            lambda f: f["services"]["housing"]["sure"].append("and the"),
            "an entry of no words",
        ),
        (purpose_words.LEARNT, lambda f: f["sureness"].update({999: 1}), "cannot be less sure"),
        (purpose_words.LEARNT, lambda f: f["texts"].update(zoo={"zoos": 3}), "'zoos'"),
    ],
)
def test_words_that_are_wrong_are_refused(
    file: str, change: Any, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed(name: str, keys: Iterable[str]) -> dict[str, Any]:
        said = read(name, keys)
        if name == file:
            change(said)
        return said

    monkeypatch.setattr(purpose_words, "read", changed)
    with pytest.raises(Refused, match=says):
        purpose_words.purpose_words.__wrapped__()


def test_no_word_of_a_council_is_silent_and_says_something_at_once() -> None:
    silent = {e.words for e in classifier().words.said.entries if not e.weights}
    speaking = {e.words for e in classifier().words.said.entries if e.weights}
    assert silent
    assert not silent & speaking


def test_a_greater_lead_is_never_less_sure() -> None:
    sureness = classifier().words.sureness
    shares = [sureness.thousandths(lead) for lead in range(-5, 200)]
    assert shares == sorted(shares)
    assert shares[0] == 0


def test_sureness_is_that_of_the_step_that_was_reached() -> None:
    steps = Sureness(((1, 400), (10, 700)), threshold=600)
    assert [steps.thousandths(lead) for lead in (0, 1, 9, 10, 11)] == [0, 400, 400, 700, 700]
