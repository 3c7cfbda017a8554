"""The same rule asked of a whole population at once, over columns: need.

Each row is a person, or a group of people who are alike in all that the rule asks, with how many
they are. `tests/entitlements/rules` holds this against `one_person`, row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

import numpy as np
import numpy.typing as npt

from totalplace.entitlements.rules.facts import FIRST_DAY, Answer, Fact, FactKind
from totalplace.entitlements.rules.language import (
    WHOLE,
    All,
    AnyOf,
    Choose,
    Compare,
    Condition,
    Expression,
    FactValue,
    How,
    Is,
    Largest,
    Less,
    Literal,
    Not,
    OneOf,
    ParameterValue,
    PercentOf,
    Rounding,
    Since,
    Smallest,
    Sum,
    Times,
)
from totalplace.entitlements.rules.one_person import Setting
from totalplace.entitlements.rules.time_passed import as_days, completed_columns, last_of
from totalplace.refusal import Refused

Answers = npt.NDArray[np.int8]
Whole = npt.NDArray[np.int64]
Known = npt.NDArray[np.bool_]
Said = Sequence[Any] | npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One fact of everybody: days, yes or no, numbers, or the places of options; and who said."""

    values: npt.NDArray[Any]
    known: Known


def column_of(fact: Fact, said: Said) -> Column:
    """A column of what was said; None is not known. Raises Refused as the fact's own check does."""
    if isinstance(said, np.ndarray) and said.dtype != object:
        return _typed(fact, said)
    known = np.fromiter((value is not None for value in said), dtype=np.bool_, count=len(said))
    for value in {value for value in said if value is not None}:
        fact.check(value)
    if fact.kind is FactKind.DAY:
        return Column(as_days([FIRST_DAY if value is None else value for value in said]), known)
    if fact.kind is FactKind.CHOICE:
        at = {code: n for n, code in enumerate(fact.choices)}
        places = [0 if value is None else at[value] for value in said]
        return Column(np.asarray(places, dtype=np.int64), known)
    kind = np.bool_ if fact.kind is FactKind.YES_NO else np.int64
    return Column(np.asarray([0 if value is None else value for value in said], dtype=kind), known)


def _typed(fact: Fact, said: npt.NDArray[Any]) -> Column:
    """A column that is one of numpy's already, in which everything is known but NaT."""
    if fact.kind is FactKind.DAY:
        days = as_days(said)
        known: Known = ~np.isnat(days)
        return Column(np.where(known, days, np.datetime64(FIRST_DAY)), known)
    known = np.ones(len(said), dtype=np.bool_)
    if fact.kind is FactKind.YES_NO and said.dtype == np.bool_:
        return Column(said, known)
    wanted = {FactKind.NUMBER, FactKind.PENCE}
    if fact.kind in wanted and np.issubdtype(said.dtype, np.integer):
        if len(said) and not (fact.least <= int(said.min()) and int(said.max()) <= fact.most):
            fact.check(int(said.min() if said.min() < fact.least else said.max()))
        return Column(said.astype(np.int64), known)
    return column_of(fact, said.tolist())


@dataclass(frozen=True, slots=True)
class Crowd:
    """Columns by fact, and how many rows there are; a fact without a column is known of nobody."""

    columns: Mapping[str, Column]
    rows: int

    @classmethod
    def of(cls, said: Mapping[str, Said], facts: Mapping[str, Fact]) -> Crowd:
        """A crowd of columns as they come. Raises Refused for columns that do not fit."""
        lengths = {len(column) for column in said.values()}
        odd = [code for code in said if code not in facts]
        if odd or len(lengths) > 1:
            raise Refused(
                "The population cannot be read",
                why=f"nobody asks for {', '.join(odd)}" if odd else "its columns differ in length",
                next_step=f"Give columns of one length, named {', '.join(facts)}",
            )
        columns = {code: column_of(facts[code], column) for code, column in said.items()}
        return cls(columns, lengths.pop() if lengths else 0)


def answers(condition: Condition, crowd: Crowd, at: Setting) -> Answers:
    """The answer of every row."""
    match condition:
        case All(parts=parts):
            found = np.full(crowd.rows, Answer.YES, dtype=np.int8)
            for part in parts:
                np.minimum(found, answers(part, crowd, at), out=found)
            return found
        case AnyOf(parts=parts):
            found = np.full(crowd.rows, Answer.NO, dtype=np.int8)
            for part in parts:
                np.maximum(found, answers(part, crowd, at), out=found)
            return found
        case Not(part=part):
            return np.int8(2) - answers(part, crowd, at)
        case Is(fact=fact, wanted=wanted):
            said = crowd.columns.get(fact)
            return _nobody(crowd) if said is None else _told(said.values == wanted, said.known)
        case OneOf(fact=fact, values=values):
            said = crowd.columns.get(fact)
            if said is None:
                return _nobody(crowd)
            places = [at.facts[fact].choices.index(value) for value in values]
            return _told(np.isin(said.values, places), said.known)
        case Compare():
            return _compared(condition, crowd, at)
        case _:
            assert_never(condition)


def _nobody(crowd: Crowd) -> Answers:
    return np.full(crowd.rows, Answer.CANNOT_SAY, dtype=np.int8)


def _told(yes: Known, known: Known) -> Answers:
    return np.where(known, yes * np.int8(2), np.int8(1)).astype(np.int8)


def _compared(one: Compare, crowd: Crowd, at: Setting) -> Answers:
    left, right = worths(one.left, crowd, at), worths(one.right, crowd, at)
    known = left[1] & right[1]
    match one.how:
        case How.AT_LEAST:
            yes = left[0] >= right[0]
        case How.AT_MOST:
            yes = left[0] <= right[0]
        case How.MORE_THAN:
            yes = left[0] > right[0]
        case How.LESS_THAN:
            yes = left[0] < right[0]
        case How.EQUALS:
            yes = left[0] == right[0]
        case How.BETWEEN:
            upper = worths(one.upper or one.right, crowd, at)
            yes, known = (right[0] <= left[0]) & (left[0] <= upper[0]), known & upper[1]
        case _:
            assert_never(one.how)
    return _told(yes, known)


def worths(one: Expression, crowd: Crowd, at: Setting) -> tuple[Whole, Known]:
    """What an expression comes to in every row, and where that is known."""
    match one:
        case Literal(value=value):
            return _same(value, crowd)
        case ParameterValue(parameter=parameter):
            return _same(at.parameters[parameter], crowd)
        case FactValue(fact=fact):
            said = crowd.columns.get(fact)
            return _unknown(crowd) if said is None else (said.values, said.known)
        case Since():
            return _since(one, crowd, at)
        case Choose(condition=condition, then=then, otherwise=otherwise):
            which = answers(condition, crowd, at)
            first, second = worths(then, crowd, at), worths(otherwise, crowd, at)
            yes = which == Answer.YES
            known = (which != Answer.CANNOT_SAY) & np.where(yes, first[1], second[1])
            return np.where(yes, first[0], second[0]), known
        case _:
            return _worked_out(one, crowd, at)


def _worked_out(
    one: PercentOf | Sum | Less | Times | Smallest | Largest, crowd: Crowd, at: Setting
) -> tuple[Whole, Known]:
    match one:
        case Sum(terms=terms) | Smallest(terms=terms) | Largest(terms=terms):
            parts = [worths(term, crowd, at) for term in terms]
        case Less(left=left, right=right) | Times(left=left, right=right):
            parts = [worths(left, crowd, at), worths(right, crowd, at)]
        case PercentOf(rate=rate, of=of):
            parts = [worths(rate, crowd, at), worths(of, crowd, at)]
        case _:
            assert_never(one)
    values, known = parts[0]
    for more, also in parts[1:]:
        known = known & also
        match one:
            case Sum():
                values = values + more
            case Less():
                values = values - more
            case Times() | PercentOf():
                values = values * more
            case Smallest():
                values = np.minimum(values, more)
            case Largest():
                values = np.maximum(values, more)
            case _:
                assert_never(one)
    return (_rounded(values, one.rounding) if isinstance(one, PercentOf) else values), known


def _rounded(parts: Whole, rounding: Rounding) -> Whole:
    """As `one_person.rounded` does."""
    match rounding:
        case Rounding.DOWN:
            return parts // WHOLE
        case Rounding.UP:
            return -(-parts // WHOLE)
        case Rounding.NEAREST:
            return (2 * parts + WHOLE) // (2 * WHOLE)
        case _:
            assert_never(rounding)


def _since(one: Since, crowd: Crowd, at: Setting) -> tuple[Whole, Known]:
    since = crowd.columns.get(one.fact)
    if since is None:
        return _unknown(crowd)
    if not one.on_fact:
        until = last_of(one.lasts, at.on) if one.lasts else at.on
        same = as_days(np.full(crowd.rows, np.datetime64(until)))
        return completed_columns(since.values, same, one.unit), since.known
    ended = crowd.columns.get(one.on_fact)
    if ended is None:
        return _unknown(crowd)
    ends = ended.values
    if one.lasts:
        days, at_row = np.unique(ends, return_inverse=True)
        ends = as_days([last_of(one.lasts, day) for day in days.tolist()])[at_row]
    return completed_columns(since.values, ends, one.unit), since.known & ended.known


def _same(value: int, crowd: Crowd) -> tuple[Whole, Known]:
    return np.full(crowd.rows, value, dtype=np.int64), np.ones(crowd.rows, dtype=np.bool_)


def _unknown(crowd: Crowd) -> tuple[Whole, Known]:
    return np.zeros(crowd.rows, dtype=np.int64), np.zeros(crowd.rows, dtype=np.bool_)
