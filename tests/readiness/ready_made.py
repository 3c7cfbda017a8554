"""A place and a department that assess readiness by real acts, on days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from totalplace.places import actions as places
from totalplace.places import queries
from totalplace.places.rules.mandates import Operator, Who
from totalplace.readiness import actions
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.queries.rows import AssessmentRow
from totalplace.readiness.rules.agreeing import AgreedLevel
from totalplace.readiness.rules.eligibility import FactSaid
from totalplace.readiness.rules.evidence import EvidenceKind, EvidenceSaid
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.readiness.rules.scoring import Scored

ADA = Operator("Ada")
ONE = "wexshire/1"
BASE = date(2026, 1, 5)
CORE = dict.fromkeys(Area, Level.CORE)
# Long ago, or never: the mayor and the framework first, then what must not have happened.
HAPPENED: dict[str, date | None] = {
    "elected-mayor": date(2021, 5, 10),
    "assurance-framework": date(2024, 4, 1),
}


@dataclass(frozen=True)
class ReadyPlace:
    """The place `wexshire`, the department `home`, and what they do so many days from the base."""

    base: date = BASE
    by: Who = ADA
    place: str = "wexshire"
    centre: str = "home"

    def day(self, days: int) -> date:
        return self.base + timedelta(days=days)

    def at(self, days: int) -> datetime:
        return datetime.combine(self.day(days), time(12), tzinfo=UTC)

    @property
    def one(self) -> str:
        return f"{self.place}/1"

    def begun(self, days: int = 0) -> AssessmentRow:
        return actions.begin(
            self.place, centre=self.centre, why="A block grant is talked about", side=Side.PLACE,
            by=self.by, on=self.at(days),
        )  # fmt: skip

    def facts(self, days: int = 1, **other: date | None) -> AssessmentRow:
        happened = HAPPENED | {code.replace("_", "-"): day for code, day in other.items()}
        said = [
            FactSaid(code, happened.get(code), "The council's register") for code in fact_rules()
        ]
        return actions.state_facts(self.one, said, by=self.by, on=self.at(days))

    def given(
        self, area: Area, *, days: int = 1, lasts: int = 365, renews: int | None = None,
        kind: EvidenceKind = EvidenceKind.STRUCTURE,
    ) -> int:  # fmt: skip
        said = EvidenceSaid(
            area, kind, f"The {area} report", "That it is so", "https://example.org/report",
            self.day(days), self.day(days + lasts), renews,
        )  # fmt: skip
        return actions.give(self.place, said, by=self.by, on=self.at(days)).number

    def evidence(self) -> dict[Area, int]:
        """An item for each area, numbered from 1."""
        return {area: self.given(area) for area in Area}

    def handed_in(
        self, side: Side, levels: Mapping[Area, Level], *, days: int = 2, by: Who | None = None
    ) -> AssessmentRow:
        """Scores that rest on the items of `evidence`."""
        scores = [
            Scored(area, levels[area], f"So sees it the {side}", (n,))
            for n, area in enumerate(Area, start=1)
        ]
        return actions.hand_in(self.one, side, scores, by=by or self.by, on=self.at(days))

    def both_in(
        self, place: Mapping[Area, Level] = CORE, centre: Mapping[Area, Level] = CORE
    ) -> AssessmentRow:
        self.begun()
        self.facts()
        self.evidence()
        self.handed_in(Side.PLACE, place)
        return self.handed_in(Side.CENTRE, centre, days=3)

    def put(
        self, levels: Mapping[Area, Level | None], *, side: Side = Side.PLACE, days: int = 10
    ) -> AssessmentRow:
        said = [
            AgreedLevel(area, levels[area], "As both saw it", "" if levels[area] else "All of it")
            for area in Area
        ]
        return actions.propose(self.one, side, said, by=self.by, on=self.at(days))

    def agreed(
        self,
        levels: Mapping[Area, Level | None] = CORE,
        place: Mapping[Area, Level] = CORE,
        centre: Mapping[Area, Level] = CORE,
    ) -> AssessmentRow:
        """The whole way from its beginning to both sides' consent, on day 10."""
        self.both_in(place, centre)
        put = self.put(levels).proposals[-1]
        return actions.consent(
            self.one, Side.CENTRE, proposal=put.number, by=self.by, on=self.at(10)
        )


def a_ready_place(base: date = BASE, by: Who = ADA) -> ReadyPlace:
    """The place and its department, registered; what is registered already stays."""
    here = ReadyPlace(base, by)
    on = here.at(0)
    if "wexshire" not in {one.code for one in queries.places()}:
        places.register_place("wexshire", name="Wexshire", by=by, on=on)
    held = {one.code for one in queries.agencies()}
    for code, name, kind in (
        ("wex", "Wexshire Council", "council"),
        ("home", "Department for Places", "department"),
        ("other", "Another Department", "department"),
    ):
        if code not in held:
            places.register_agency(code, name=name, kind=kind, by=by, on=on)
    if "wex" not in {one.agency.code for one in queries.members("wexshire", on=base)}:
        places.join_place("wexshire", "wex", by=by, on=on)
    return here
