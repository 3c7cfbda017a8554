"""What lines with a known service teach: of units that words leave open, and of no others."""

from __future__ import annotations

from totalplace.count.definitions.purpose_words import classifier
from totalplace.count.rules.purposes.learning import Learnt, Lesson, learn, needs_teaching
from totalplace.count.rules.purposes.words import Words

OPEN = "Commissioning & Foresight"


def lessons(unit: str, purpose: str, *services: str, times: int = 100) -> list[Lesson]:
    return [
        Lesson(Words(unit, purpose, payee=f"Firm {n}"), frozenset(services)) for n in range(times)
    ]


def told_after(taught: list[Lesson], line: Words) -> str:
    others = lessons("Strategic Foresight", "Materials", "housing")
    (found,) = learn(taught + others, classifier()).known_to(classifier()).classify([line])
    return found.service


def test_a_unit_whose_name_no_word_explains_is_learnt() -> None:
    taught = lessons(OPEN, "Equipment", "culture")
    assert told_after(taught, Words(OPEN, "Postage", payee="Another Ltd")) == "culture"
    assert told_after(taught, Words("Strangers", "Postage")) == "unclassified"


def test_a_text_says_beside_its_unit_what_it_says_nowhere_else() -> None:
    taught = lessons(OPEN, "Equipment", "culture") + lessons(OPEN, "Postage", "environment")
    assert told_after(taught, Words(OPEN, "Equipment")) == "culture"
    assert told_after(taught, Words(OPEN, "Postage")) == "environment"
    assert told_after(taught, Words("Place", "Equipment")) == "unclassified"


def test_what_written_words_say_is_not_unsaid_by_one_council() -> None:
    taught = lessons("Libraries", "Equipment", "adult_social_care", times=40)
    assert told_after(taught, Words("Libraries", "Equipment")) == "culture"
    assert learn(taught, classifier()) == Learnt()


def test_units_that_list_services_are_left_open_and_plain_ones_are_not() -> None:
    words = classifier().words
    assert needs_teaching("Environment, Housing & Leisure", words)
    assert needs_teaching(OPEN, words)
    assert not needs_teaching("Libraries", words)
    assert not needs_teaching("Capital", words)
    assert not needs_teaching("", words)


def test_of_a_label_that_covers_two_services_either_is_learnt_as_right() -> None:
    taught = lessons(OPEN, "Equipment", "education", "children_social_care")
    found = told_after(taught, Words(OPEN, "Equipment"))
    assert found in ("education", "children_social_care")


def test_weights_are_whole_numbers_whatever_the_order_of_lessons() -> None:
    taught = lessons(OPEN, "Equipment", "culture") + lessons(OPEN, "Postage", "environment")
    learnt = learn(taught, classifier())
    assert learn(taught[::-1], classifier()) == learnt
    weights = [w for t in learnt.beside.values() for told in t.values() for w in told.values()]
    assert weights
    assert all(type(weight) is int for weight in weights)


def test_nothing_is_learnt_from_nothing() -> None:
    assert learn([], classifier()) == Learnt()
