"""The terms of an agreement: what its one text says, as the software keeps it.

Every kind of term is a small frozen type, and each has its set sentences in `definitions/clauses/`.
A field of a term that no sentence has a slot for is said by the choice of the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from totalplace.agreements.rules.devolution import Clause, Side
from totalplace.agreements.rules.promises import Promise
from totalplace.ledger.rules.accounts import Nature


class Section(StrEnum):
    """The sections of the text, in its order: those that a model may require, and three besides."""

    PARTIES = Clause.PARTIES.value
    AIMS = Clause.AIMS.value
    OUTCOMES = Clause.OUTCOMES.value
    CONTRIBUTIONS = Clause.CONTRIBUTIONS.value
    ENTITLEMENTS = Clause.ENTITLEMENTS.value
    SERVICES = (
        "services"  # functions, persons, services and means: SI 2000/617, reg. 7(3)(c) to (e)
    )
    PROMISES = Clause.PROMISES.value
    GOVERNANCE = Clause.GOVERNANCE.value
    FLEXIBILITY = Clause.FLEXIBILITY.value
    RISK_SHARE = Clause.RISK_SHARE.value
    CHANGES = Clause.CHANGES.value
    REVIEW = Clause.REVIEW.value
    VARIATION = Clause.VARIATION.value
    BREACH = Clause.BREACH.value
    DISPUTES = Clause.DISPUTES.value
    REMEDIES = Clause.REMEDIES.value
    TERMINATION = Clause.TERMINATION.value
    FURTHER = "further"  # words that the parties want to have said; the software keeps none of them
    SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class Party:
    """A party by the code of its agency; the accountable body answers for the place's money."""

    agency: str
    name: str
    side: Side
    accountable: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A clause that is words alone: kept as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class TargetsCited:
    """The targets that the place adopted, by the place and number of their set."""

    targets: str
    version: int


@dataclass(frozen=True, slots=True)
class Goal:
    """Where an outcome stood and where it is to be by a day. Without a baseline it says why."""

    indicator: str
    area: str
    title: str
    unit: str
    target: Decimal
    day: date
    baseline: Decimal | None = None
    period: str = ""
    why_no_baseline: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a party puts in, in whole pence of a year; None: not settled yet, never nothing."""

    payer: str
    to: str
    line: str
    nature: Nature
    year: int  # in which the financial year begins
    pence: int | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A national entitlement that the place keeps, in the version that was agreed."""

    code: str
    version: int


class Serves(StrEnum):
    """What a clause of a pooled fund is about: SI 2000/617, regulation 7(3)(c), (d), (e)."""

    FUNCTIONS = "functions"
    PERSONS = "persons"
    SERVICES = "services"
    MEANS = "means"  # staff, goods, services or accommodation


@dataclass(frozen=True, slots=True)
class Service:
    """Whose functions, for whom, which services, and what a party provides for them."""

    serves: Serves
    text: str
    party: str = ""


class Freedom(StrEnum):
    """What may be done with money that is not spent as it was agreed."""

    MOVE = "moved between lines"
    CARRY = "carried forward"
    NO_CAPITAL = "capital stays capital"


@dataclass(frozen=True, slots=True)
class Flexibility:
    """A freedom and its limit in per cent of a line in a year."""

    freedom: Freedom
    per_cent: Decimal | None = None


class Sharing(StrEnum):
    """By which clause over- and underspends are shared."""

    BY_CONTRIBUTION = "by contribution"
    AGREED = "agreed percentages"
    HOST = "host bears"
    CAPPED = "capped, then by contribution"


class Unspent(StrEnum):
    """What becomes of money that is left at the end of a year."""

    SHARED = "is shared in the same way"
    NON_RECURRENT = "is kept for spending that does not recur"
    RETURNED = "is returned to those who paid it in"


@dataclass(frozen=True, slots=True)
class RiskShare:
    """The clause by which risk is shared. `cap_pence` is what the host bears first."""

    sharing: Sharing
    unspent: Unspent
    shares: tuple[tuple[str, Decimal], ...] = ()  # agency, per cent
    cap_pence: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A rule to be changed: who can lift it, by when, who was heard, what it costs a year."""

    number: int
    owner: str
    rule: str
    lifted_by: str
    due: date
    heard: str
    cost_pence: int | None = None  # a year while it stands; None: not known


@dataclass(frozen=True, slots=True)
class Review:
    """How often the agreement is looked at together, and first by which day."""

    months: int
    first: date


@dataclass(frozen=True, slots=True)
class Variation:
    """By dual consent alone; in how many days the other side answers."""

    answer_days: int


@dataclass(frozen=True, slots=True)
class Breach:
    """How many days a promise has to be cured where it does not say so itself."""

    cure_days: int


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder of disputes, and how many days it has."""

    number: int
    who: str
    days: int


class Period(StrEnum):
    """For each of what a remedy is reckoned."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    BREACH = "breach"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a broken promise costs the side that broke it: per cent of a sum, or a sum in pence.

    Of the place's breach the centre keeps money back from the next instalment; of the centre's
    breach it makes good what that costs the place.
    """

    broken_by: Side
    period: Period
    per_cent: Decimal | None = None
    pence: int | None = None
    cap_pence: int | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """From which day to which day it holds."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Termination:
    """With how many days' notice either side may end it."""

    notice_days: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is to sign."""

    number: int
    party: str


@dataclass(frozen=True, slots=True)
class Terms:
    """All that an agreement says."""

    place: str
    number: int
    title: str
    model: str  # of devolution, by its code
    parties: tuple[Party, ...] = ()
    aims: tuple[Words, ...] = ()
    targets: TargetsCited | None = None
    goals: tuple[Goal, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    entitlements: tuple[Attached, ...] = ()
    services: tuple[Service, ...] = ()
    promises: tuple[Promise, ...] = ()
    governance: tuple[Words, ...] = ()
    flexibility: tuple[Flexibility, ...] = ()
    risk_share: RiskShare | None = None
    changes: tuple[Change, ...] = ()
    review: Review | None = None
    variation: Variation | None = None
    breach: Breach | None = None
    ladder: tuple[Rung, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    duration: Duration | None = None
    termination: Termination | None = None
    further: tuple[Words, ...] = ()
    signing: tuple[Turn, ...] = ()

    @property
    def cited(self) -> str:
        """As the agreement is cited: PLACE/NUMBER."""
        return f"{self.place}/{self.number}"

    @property
    def names(self) -> dict[str, str]:
        """What each party is called, by the code of its agency."""
        return {party.agency: party.name for party in self.parties}

    @property
    def accountable(self) -> str:
        """The agency that is the accountable body; empty: none is named."""
        return next((party.agency for party in self.parties if party.accountable), "")

    def side_of(self, agency: str) -> Side | None:
        """On which side a party is; None where it is no party."""
        return next((one.side for one in self.parties if one.agency == agency), None)

    def of_side(self, side: Side) -> tuple[Party, ...]:
        """The parties of a side."""
        return tuple(party for party in self.parties if party.side is side)

    def promised_by(self, side: Side) -> tuple[Promise, ...]:
        """What the parties of a side have promised, in order of their numbers."""
        return tuple(one for one in self.promises if self.side_of(one.by) is side)


@dataclass(frozen=True, slots=True)
class Place:
    """Where terms of a type stand: in which field of the terms, one or many, in which section."""

    section: Section
    name: str
    type: type[Any]
    many: bool = True


_S: Final = Section
# In the order of the text.
PLACES: Final = (
    Place(_S.PARTIES, "parties", Party),
    Place(_S.AIMS, "aims", Words),
    Place(_S.OUTCOMES, "targets", TargetsCited, many=False),
    Place(_S.OUTCOMES, "goals", Goal),
    Place(_S.CONTRIBUTIONS, "contributions", Contribution),
    Place(_S.ENTITLEMENTS, "entitlements", Attached),
    Place(_S.SERVICES, "services", Service),
    Place(_S.PROMISES, "promises", Promise),
    Place(_S.GOVERNANCE, "governance", Words),
    Place(_S.FLEXIBILITY, "flexibility", Flexibility),
    Place(_S.RISK_SHARE, "risk_share", RiskShare, many=False),
    Place(_S.CHANGES, "changes", Change),
    Place(_S.REVIEW, "review", Review, many=False),
    Place(_S.VARIATION, "variation", Variation, many=False),
    Place(_S.BREACH, "breach", Breach, many=False),
    Place(_S.DISPUTES, "ladder", Rung),
    Place(_S.REMEDIES, "remedies", Remedy),
    Place(_S.TERMINATION, "duration", Duration, many=False),
    Place(_S.TERMINATION, "termination", Termination, many=False),
    Place(_S.FURTHER, "further", Words),
    Place(_S.SIGNING, "signing", Turn),
)
