"""The rows that this room gives: frozen, never models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.rules.agreeing import AgreedLevel
from totalplace.readiness.rules.eligibility import Test
from totalplace.readiness.rules.evidence import EvidenceKind, Item
from totalplace.readiness.rules.moves import Stage
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.record.rules.chain import Citation

KIND = "assessment"  # of its citation
EVIDENCE = "evidence of readiness"
WAIVER = "waiver of readiness"


@dataclass(frozen=True, slots=True)
class FactRow:
    """What is said of a fact of eligibility; `met_from` None: it is not met."""

    code: str
    happened_on: date | None
    met_from: date | None
    source: str
    by: str
    on: datetime

    @property
    def ongoing(self) -> bool:
        """Whether it has not ended: what never happened, and must not have, is met at once."""
        rule = fact_rules().get(self.code)
        no_day = self.happened_on is None and self.met_from is None
        return no_day and rule is not None and rule.test is Test.NONE_WITHIN

    def is_met(self, on: date) -> bool:
        """Whether it is met on a day."""
        return self.met_from is not None and self.met_from <= on


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """An item of evidence of a place."""

    id: int
    place: str
    item: Item
    kind: EvidenceKind
    title: str
    says: str
    where: str
    by: str
    on: datetime
    withdrawn_why: str

    @property
    def number(self) -> int:
        """Its number in its place."""
        return self.item.number

    @property
    def citation(self) -> Citation:
        """As it is cited: evidence of readiness wexshire/3."""
        return Citation(EVIDENCE, f"{self.place}/{self.number}")


@dataclass(frozen=True, slots=True)
class HandInRow:
    """That a side handed in, by whom and when; never what."""

    side: Side
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """Levels that a side put to the other."""

    id: int
    number: int
    side: Side
    levels: Mapping[Area, AgreedLevel]
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """A joint assessment, and what was done about it. It holds no score: see `unseen.scores`."""

    id: int
    place: str
    place_name: str
    number: int
    centre: str
    centre_name: str
    why: str
    day: date
    by: str
    facts: Mapping[str, FactRow]
    hand_ins: Mapping[Side, HandInRow]
    proposals: tuple[ProposalRow, ...]
    agreed_on: date | None
    withdrawn_why: str
    stage: Stage

    @property
    def citation(self) -> Citation:
        """As it is cited: assessment wexshire/1."""
        return Citation(KIND, f"{self.place}/{self.number}")

    @property
    def both_in(self) -> bool:
        """Whether both sides have handed in."""
        return len(self.hand_ins) == len(Side)

    @property
    def agreed(self) -> Mapping[Area, AgreedLevel]:
        """What was agreed in each area; nothing before it was."""
        return self.proposals[-1].levels if self.agreed_on else {}

    @property
    def levels(self) -> dict[Area, Level]:
        """The agreed levels, of those areas on which the sides agree."""
        return {area: one.level for area, one in self.agreed.items() if one.level is not None}


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """What one side would do without, and whether the other agreed to that."""

    id: int
    place: str
    number: int
    centre: str
    side: Side
    need: str
    level: str
    reason: str
    day: date
    until: date
    by: str
    agreed_on: date | None
    agreed_why: str
    agreed_by: str

    @property
    def citation(self) -> Citation:
        """As it is cited: waiver of readiness wexshire/1."""
        return Citation(WAIVER, f"{self.place}/{self.number}")

    def holds(self, on: date) -> bool:
        """Whether both sides waive it on a day."""
        return self.agreed_on is not None and self.agreed_on <= on <= self.until


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """What followed in an area of an assessment."""

    assessment: str
    area: Area
    went_well: bool
    what: str
    source: str
    side: Side
    day: date
    by: str
