"""A target: an outcome, where it stands, where it is to be on which days, and who can move it.

Targets are the place's own. A national guarantee is an entitlement, and what the centre owes is a
promise: neither is a target, and none of what stands here is ever set by a department.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from totalplace.money.pence import share_out
from totalplace.outcomes.rules.indicators import Better
from totalplace.refusal import Refused

NOBODY: Final = ""  # the part of an outcome that no agency here can move
WHOLE: Final = 100  # per cent
_ROUNDED: Final = Decimal("0.5")  # shares that were rounded one by one miss 100 by no more
_NUMBER: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,4})?", re.ASCII)
_SHARE: Final = re.compile(r"\d{1,3}(?:\.\d{1,4})?", re.ASCII)
_LONGEST: Final = 2_000  # letters of a reason
MOST_TARGETS: Final = 200  # in one set; more is no list of priorities


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to be moved, and where, in the words in which it was defined when it was set."""

    indicator: str
    area: str  # as its readings are published: a GSS code, or a code of the place's own
    title: str
    unit: str
    better: Better

    @property
    def key(self) -> tuple[str, str]:
        """By which it is known again in another version."""
        return self.indicator, self.area


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where the outcome stands before anything is done. What is not known is None, never nought."""

    value: Decimal | None
    period: str = ""
    source: str = ""  # the reading cited, with its vintage
    why_missing: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """What the outcome is to be by a day."""

    day: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """How much of an outcome an agency can move, and the money that it puts beside it.

    An empty agency is the part that nobody here can move. Money that is not known is None.
    """

    agency: str
    share: int  # per cent
    pence: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a place."""

    outcome: Outcome
    baseline: Baseline
    steps: tuple[Step, ...]
    parts: tuple[Part, ...]
    why: str
    against: str = ""  # why it goes another way than better, where it does

    @property
    def key(self) -> tuple[str, str]:
        """By which it is known again in another version."""
        return self.outcome.key

    @property
    def last(self) -> Step:
        """What it comes to in the end."""
        return self.steps[-1]

    @property
    def pence(self) -> int | None:
        """All money beside it that is known; None where none of it is."""
        known = [part.pence for part in self.parts if part.pence is not None]
        return sum(known) if known else None


def stakes(targets: Iterable[Target]) -> dict[str, tuple[int, int | None]]:
    """Agency -> how many targets it can move, and the pence that it puts beside them (or None).

    These are the agencies that have to be asked: each with a share above nought, or with money.
    """
    found: dict[str, tuple[int, int | None]] = {}
    for target in targets:
        for part in target.parts:
            if part.agency == NOBODY or not (part.share or part.pence):
                continue
            number, pence = found.get(part.agency, (0, None))
            if part.pence is not None:
                pence = (pence or 0) + part.pence
            found[part.agency] = number + bool(part.share), pence
    return found


def whole_shares(said: Mapping[str, Decimal], *, of: str) -> dict[str, int]:
    """Shares in whole per cent that add up to 100; what is not said is what nobody here can move.

    By largest remainder, as a sum is shared out. Raises Refused where they come to more than 100,
    or where nobody is named; `of` is the outcome, for the words.
    """
    what = f"It cannot be said so who can move '{of}'"
    shares = {who: share for who, share in said.items() if share}
    if any(share < 0 for share in shares.values()):
        raise Refused(what, why="a share is below nought", next_step="Give shares of 0 to 100")
    if not any(who != NOBODY for who in shares):
        raise Refused(
            what,
            why="no agency is named",
            next_step="Say which agencies can move it, and by what share in per cent; if none "
            "can, it is no target of this place",
        )
    total = sum(shares.values(), start=Decimal(0))
    if total > WHOLE + _ROUNDED:
        raise Refused(
            what,
            why=f"the shares come to {plain(total)} per cent",
            next_step="Lower them until they come to 100 or less; the rest is what nobody here "
            "can move",
        )
    if total < WHOLE - _ROUNDED or (NOBODY in shares and total < WHOLE):
        shares[NOBODY] = shares.get(NOBODY, Decimal(0)) + WHOLE - total
    weights = {who: int(share * 10_000) for who, share in shares.items()}
    return share_out(WHOLE, weights)


def check_set(targets: Sequence[Target], *, first_day: date, last_day: date) -> None:
    """Raise Refused for targets that cannot stand together, or one that cannot stand at all."""
    if not targets:
        raise Refused(
            "The targets cannot be kept", why="there are none", next_step="Add a target first"
        )
    if len(targets) > MOST_TARGETS:
        raise Refused(
            "The targets cannot be kept",
            why=f"there are {len(targets)}, and a set has at most {MOST_TARGETS}",
            next_step="Choose those that matter most; what all are promised is an entitlement",
        )
    for key, number in Counter(target.key for target in targets).items():
        if number > 1:
            raise Refused(
                f"'{key[0]}' in {key[1]} has {number} targets",
                why="an outcome has one target in a set, or nobody would know which holds",
                next_step="Leave one of them, with all its steps",
            )
    for target in targets:
        check_target(target, first_day=first_day, last_day=last_day)


def check_target(target: Target, *, first_day: date, last_day: date) -> None:
    """Raise Refused for a target that is not whole, or that goes the wrong way without a reason."""
    what = f"The target for '{target.outcome.title}' cannot be kept"
    _check_words(target, what)
    _check_baseline(target.baseline, what)
    _check_steps(target, what, first_day, last_day)
    _check_parts(target.parts, what)
    wrong = goes_wrong(target)
    if wrong and not target.against.strip():
        raise Refused(
            what,
            why=f"{wrong}, and {target.outcome.better} is better",
            next_step="Change it, or say why it goes that way",
        )


def goes_wrong(target: Target) -> str:
    """In words where a trajectory gets worse; empty where it does not, or none is better.

    A level that is kept is no worse: to protect what there is is a target too.
    """
    if target.outcome.better is Better.NEITHER:
        return ""
    sign = 1 if target.outcome.better is Better.HIGHER else -1
    before, said = target.baseline.value, "the baseline"
    for step in target.steps:
        if before is not None and sign * (step.value - before) < 0:
            return f"it goes from {plain(before)} ({said}) to {plain(step.value)} ({step.day})"
        before, said = step.value, str(step.day)
    return ""


def _check_words(target: Target, what: str) -> None:
    if not target.why.strip():
        raise Refused(what, why="it is not said why it matters", next_step="Say why, in a sentence")
    long = max(len(target.why), len(target.against), len(target.baseline.why_missing))
    if long > _LONGEST:
        raise Refused(
            what,
            why=f"a reason has {long:,} letters, and at most {_LONGEST:,} are kept",
            next_step="Say it shorter; a paper of the hearing may say more",
        )


def _check_baseline(baseline: Baseline, what: str) -> None:
    if baseline.value is None and not baseline.why_missing.strip():
        raise Refused(
            what,
            why="it is not said where the outcome stands now",
            next_step="Give the latest reading, or say why there is none",
        )
    if baseline.value is not None and not (baseline.period.strip() and baseline.source.strip()):
        raise Refused(
            what,
            why="it is not said of which period the baseline is, or who published it",
            next_step="Give the period and the source of the reading",
        )


def _check_steps(target: Target, what: str, first_day: date, last_day: date) -> None:
    steps = target.steps
    if not steps:
        raise Refused(
            what, why="it has no value to reach", next_step="Give a value and the day for it"
        )
    days = [step.day for step in steps]
    if sorted(set(days)) != days:
        raise Refused(
            what, why="its days are not in order", next_step="Give each day once, the first first"
        )
    if days[0] < first_day or days[-1] > last_day:
        raise Refused(
            what,
            why=f"a day lies outside of the set, which runs from {first_day} to {last_day}",
            next_step="Give days within it",
        )


def _check_parts(parts: Sequence[Part], what: str) -> None:
    if len({part.agency for part in parts}) != len(parts):
        raise Refused(
            what, why="an agency is named twice", next_step="Name each once, with all its share"
        )
    if sum(part.share for part in parts) != WHOLE or any(part.share < 0 for part in parts):
        raise Refused(
            what,
            why="the shares of who can move it do not come to 100 per cent",
            next_step="Say who can move it, and what nobody here can",
        )
    if not any(part.agency != NOBODY and part.share for part in parts):
        raise Refused(
            what,
            why="nobody here can move it",
            next_step="Say which agencies can, and by what share; else leave it out",
        )
    if any(part.pence is not None and (part.pence < 0 or part.agency == NOBODY) for part in parts):
        raise Refused(
            what,
            why="money beside it is below nought, or is nobody's",
            next_step="Give money as an agency's, in pounds of nought or more",
        )


def check_agencies(targets: Iterable[Target], known: Collection[str]) -> None:
    """Raise Refused where an agency is named that does not belong to the place."""
    odd = sorted(set(stakes(targets)) - set(known))
    if odd:
        raise Refused(
            f"'{odd[0]}' cannot be said to move a target here",
            why="no agency of that code belongs to the place",
            next_step="Choose one of its agencies, or make it a member of the place first",
        )


def said_value(text: str) -> Decimal | None:
    """A value as it is typed: '12.5', '1,250' or '12%'; nothing: not known.

    Raises Refused for what is no number, or has more than four places after the point.
    """
    said = text.strip().replace(",", "").removesuffix("%").strip()
    if not said:
        return None
    if not _NUMBER.fullmatch(said):
        raise Refused(
            f"'{text.strip()}' is no value",
            why="a value is a number, with at most four places after the point",
            next_step="Give it such as 12.5, or nothing where it is not known",
        )
    return Decimal(said)


def said_share(text: str) -> Decimal:
    """A share as it is typed: '40' or '33.3'; nothing: nought. Raises Refused for what is none."""
    said = text.strip().removesuffix("%").strip()
    if not said:
        return Decimal(0)
    if not _SHARE.fullmatch(said):
        raise Refused(
            f"'{text.strip()}' is no share",
            why="a share is a number of per cent, 0 to 100",
            next_step="Give it such as 40",
        )
    return Decimal(said)


def plain(value: Decimal) -> str:
    """A value as it is written: 12, 12.5 or 1,250; never 1E+2 or 12.50."""
    said = f"{value:,f}"
    said = said.rstrip("0").rstrip(".") if "." in said else said
    return "0" if said in ("-0", "") else said
