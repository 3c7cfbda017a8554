"""Which words are heard, and which of two entries."""

from __future__ import annotations

import pytest

from totalplace.count.rules.purposes.hearing import Ear, Entry, Lexicon, stem

EAR = Ear({"hsg": ("housing",)}, exact=frozenset(["parks"]), numbers=frozenset(["106"]))


def lexicon(*shown: str, silent: tuple[str, ...] = ()) -> Lexicon:
    told = [EAR.entry(text, {"culture": 10}) for text in shown]
    return Lexicon((*told, *(EAR.entry(text) for text in silent)))


def heard(words: Lexicon, text: str) -> list[str]:
    return [entry.shown for entry in words.found(EAR.words(text))]


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("schools", "school"),
        ("libraries", "library"),
        ("churches", "church"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("tennis", "tennis"),
        ("gas", "gas"),
    ],
)
def test_plurals_do_not_matter(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


@pytest.mark.parametrize(
    "text", ["Children's homes", "CHILDRENS HOME", "Home (children`s)", "home_children"]
)
def test_case_order_and_apostrophes_do_not_matter(text: str) -> None:
    assert heard(lexicon("childrens homes"), text) == ["childrens homes"]


def test_short_forms_are_heard_as_what_they_stand_for() -> None:
    assert heard(lexicon("housing"), "Hsg - General") == ["housing"]


def test_a_longer_entry_is_heard_instead_of_those_within_it() -> None:
    words = lexicon("school", "school nursing", "nursing")
    assert heard(words, "School Nursing Service") == ["school nursing"]
    assert heard(words, "Schools") == ["school"]


def test_a_silent_entry_takes_its_words_out_of_hearing() -> None:
    words = lexicon("fire", silent=("fire alarm",))
    (entry,) = words.found(EAR.words("Fire alarms"))
    assert not entry.weights


def test_a_marked_word_must_stand_exactly_so() -> None:
    words = lexicon("parks!")
    assert heard(words, "Parks") == ["parks"]
    assert heard(words, "12 Park Lane") == []


def test_of_two_entries_of_the_same_words_the_exact_one_is_heard() -> None:
    assert heard(lexicon("park", "parks!"), "Parks") == ["parks"]


def test_numbers_are_heard_only_where_an_entry_has_them() -> None:
    assert "106" in EAR.words("Section 106 money")
    assert "2024" not in EAR.words("April 2024")


def test_a_text_of_linking_words_says_nothing() -> None:
    assert EAR.words("and of the, to & for") == frozenset()


def test_entries_are_told_apart_by_what_they_are() -> None:
    same = frozenset(["school"])
    assert Entry(same, "school") != Entry(same, "school")
