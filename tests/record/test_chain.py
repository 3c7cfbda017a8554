"""The chain of the record: any change, loss or reordering of entries is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.record.rules import chain
from totalplace.record.rules.chain import (
    BEGINNING,
    Citation,
    Entry,
    Fault,
    How,
    faults,
    verify,
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
acts = st.tuples(moments, words, words, words, words, words, words)
Act = tuple[datetime, str, str, str, str, str, str]


def written(acts: list[Act]) -> list[Entry]:
    """A whole record of these acts."""
    entries: list[Entry] = []
    for number, (on, by, verb, kind, of, power, citing) in enumerate(acts, start=1):
        previous = entries[-1].digest if entries else BEGINNING
        said = Entry(number, on, by, verb, Citation(kind, of), power, citing, previous, "")
        entries.append(replace(said, digest=chain.digest(said)))
    return entries


AN_ACT: Act = (datetime(2026, 6, 1, 12, tzinfo=UTC), "Ada", "signed", "grant", "7", "s.31", "")


def test_an_empty_record_is_whole() -> None:
    assert verify([]) is None


def test_the_text_of_an_entry_can_be_written_by_hand() -> None:
    (entry,) = written([AN_ACT])
    assert chain.canonical(entry) == (
        '[1,"2026-06-01T12:00:00.000000+00:00","Ada","signed","grant","7","s.31","","'
        + "0" * 64
        + '"]'
    )


def test_a_digest_is_the_same_in_every_time_zone() -> None:
    (entry,) = written([AN_ACT])
    elsewhere = replace(entry, on=entry.on.astimezone(timezone(timedelta(hours=1))))
    assert chain.digest(elsewhere) == entry.digest


def test_a_time_without_a_zone_has_no_digest() -> None:
    (entry,) = written([AN_ACT])
    with pytest.raises(ValueError, match="time zone"):
        chain.digest(replace(entry, on=entry.on.replace(tzinfo=None)))


def test_words_that_move_between_columns_change_the_digest() -> None:
    one, other = list(AN_ACT), list(AN_ACT)
    one[1:3], other[1:3] = ['Ada","x', "y"], ["Ada", 'x","y']
    assert written([tuple(one)])[0].digest != written([tuple(other)])[0].digest  # type: ignore[list-item]


@given(st.lists(acts, max_size=8))
def test_a_record_as_it_was_written_is_whole(acts: list[Act]) -> None:
    assert verify(written(acts)) is None


@given(st.lists(acts, min_size=1, max_size=8), st.integers(0), words, st.sampled_from(
    ["by", "verb", "power", "citing", "previous", "digest"]
))  # fmt: skip
def test_a_changed_entry_is_found_where_it_stands(
    acts: list[Act], which: int, other: str, column: str
) -> None:
    entries = written(acts)
    at = which % len(entries)
    if getattr(entries[at], column) == other:
        other += "."
    entries[at] = replace(entries[at], **{column: other})  # type: ignore[arg-type]
    fault = verify(entries)
    assert fault is not None
    assert fault.number == at + 1


@given(st.lists(acts, min_size=2, max_size=8), st.integers(0))
def test_a_lost_entry_is_found_unless_it_was_the_last(acts: list[Act], which: int) -> None:
    entries = written(acts)
    at = which % (len(entries) - 1)
    del entries[at]
    assert verify(entries) == Fault(at + 1, f"entry {at + 1} is missing", How.REMOVED)


@given(st.lists(acts, min_size=1, max_size=8), st.integers(0))
def test_an_entry_rewritten_with_a_new_digest_is_found_by_the_next(
    acts: list[Act], which: int
) -> None:
    entries = [*written(acts), *written([*acts, AN_ACT])[-1:]]
    at = which % len(acts)
    entries[at] = forged(entries[at], citing=entries[at].citing + ".")
    (fault,) = faults(entries)
    assert (fault.number, fault.how) == (at + 1, How.CHANGED)
    assert f"entry {at + 1} is not what entry {at + 2} was written after" in fault.why


@given(st.lists(acts, min_size=3, max_size=9), st.integers(0), st.integers(1, 3))
def test_entries_removed_and_the_rest_renumbered_are_told_as_removed(
    acts: list[Act], which: int, many: int
) -> None:
    entries = written(acts)
    many = min(many, len(acts) - 1)
    at = which % (len(acts) - many)
    del entries[at : at + many]
    entries = [replace(entry, number=n) for n, entry in enumerate(entries, start=1)]
    (fault,) = faults(entries)
    assert (fault.number, fault.how) == (at + 1, How.REMOVED)


@given(st.lists(acts, min_size=2, max_size=8), st.integers(0))
def test_an_inserted_entry_is_told_as_inserted(acts: list[Act], which: int) -> None:
    entries = written(acts)
    at = which % len(acts)
    previous = entries[at].previous
    false = forged(entries[at], number=at + 1, previous=previous, citing=entries[at].citing + ".")
    entries.insert(at, false)
    entries = [replace(entry, number=n) for n, entry in enumerate(entries, start=1)]
    (fault,) = faults(entries)
    assert (fault.number, fault.how) == (at + 1, How.INSERTED)


@given(st.lists(acts, min_size=4, max_size=8), st.integers(0))
def test_two_entries_that_changed_places_are_told_as_out_of_turn(
    acts: list[Act], which: int
) -> None:
    entries = written(acts)
    at = which % (len(entries) - 2)
    one, other = entries[at], entries[at + 1]
    entries[at : at + 2] = [replace(other, number=one.number), replace(one, number=other.number)]
    found = list(faults(entries))
    assert [(fault.number, fault.how) for fault in found] == [
        (at + 1, How.MOVED),
        (at + 2, How.MOVED),
    ]


@given(st.lists(acts, min_size=5, max_size=9))
def test_every_fault_is_told_and_each_once(acts: list[Act]) -> None:
    entries = written(acts)
    entries[0] = replace(entries[0], citing=entries[0].citing + ".")
    entries[3] = replace(entries[3], by=entries[3].by + ".")
    del entries[1]
    assert [(fault.number, fault.how) for fault in faults(entries)] == [
        (1, How.CHANGED),
        (2, How.REMOVED),
        (4, How.CHANGED),
    ]


def forged(entry: Entry, **changed: object) -> Entry:
    """An entry that was changed, with the digest of what it now says."""
    false = replace(entry, **changed)  # type: ignore[arg-type]
    return replace(false, digest=chain.digest(false))


@given(st.lists(acts, min_size=2, max_size=8), st.integers(1))
def test_the_rest_of_a_record_can_be_checked_after_an_entry_one_trusts(
    acts: list[Act], which: int
) -> None:
    entries = written(acts)
    at = 1 + which % (len(entries) - 1)
    assert verify(entries[at:], after=entries[at - 1]) is None
