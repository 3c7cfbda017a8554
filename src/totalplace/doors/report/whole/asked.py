"""What a report on a whole-place count shows beside the count: titles, editions, other places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from totalplace.count.definitions.services import services
from totalplace.count.definitions.whole_place import deflator, natures
from totalplace.count.rules.purposes.services import UNCLASSIFIED, Decides, Service
from totalplace.count.rules.whole_place.changes import Change
from totalplace.count.rules.whole_place.lines import Line
from totalplace.count.rules.whole_place.natures import Natures
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.doors.report.whole.said import name_said
from totalplace.money.pence import share_out
from totalplace.money.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Titles:
    """What codes are called, and the price index: from definitions that officers own."""

    services: Mapping[str, Service]
    natures: Natures
    index: Mapping[int, int]  # the GDP deflator, by the year in which a financial year starts

    @classmethod
    def known(cls) -> Titles:
        """The titles of the definitions that are shipped. Raises Refused where one is wrong."""
        return cls(services(), natures(), deflator())

    def service(self, code: str) -> str:
        """A service as it is called; the code itself where the list does not have it."""
        return self.services[code].title if code in self.services else code

    def cofog(self, code: str) -> str:
        """The COFOG division or group of a service, or nothing."""
        return self.services[code].cofog if code in self.services else ""

    def decides(self, code: str) -> Decides:
        """Who can change what is spent on a service."""
        return self.services[code].decides if code in self.services else Decides.NOBODY


@dataclass(frozen=True, slots=True)
class Similar:
    """Another place or an earlier count, to set beside this one. Missing is None."""

    name: str
    year: str
    pence: int | None
    people: int | None
    rule: str  # "net", "gross", or what the source says of it
    source: str
    why: str = ""  # why it is alike, and what to mind
    parts: tuple[tuple[str, int], ...] = ()  # named parts of the sum, in pence


@dataclass(frozen=True, slots=True)
class EditionShown:
    """The edition that a count was frozen as: its name, hash, where it stands and what was said."""

    name: str  # place/year/number
    digest: str
    standing: str
    made_by: str = ""
    made_on: date | None = None
    said: tuple[str, ...] = ()  # each dispute or decision, in words


@dataclass(frozen=True, slots=True)
class Themes:
    """The place's own themes: what part of a service's spending belongs to each.

    Parts are whole numbers of one whole for a service, such as per cent: a theme with 30 and one
    with 70 share it. A service that is not named belongs to no theme.
    """

    title: str
    parts: Mapping[str, Mapping[str, int]]

    def shared(self, line: Line) -> dict[str, int]:
        """The pence of a line by theme; they add up to it, to the penny. Empty where missing."""
        if line.pence is None:
            return {}
        weights = self.parts.get(line.service)
        return share_out(line.pence, weights) if weights else {"": line.pence}


@dataclass(frozen=True)
class Report:
    """A whole-place count with all that a report of it shows."""

    whole: WholePlace
    titles: Titles
    similar: Sequence[Similar] = ()
    changes: Sequence[Change] = ()
    edition: EditionShown | None = None
    themes: Themes | None = None
    in_prices_of: FinancialYear | None = None

    @cached_property
    def kinds(self) -> dict[str, str]:
        """What each document was read as: payments, or the form of a return."""
        return {s.document: s.what for s in self.whole.sources}

    def name_of(self, code: str) -> str:
        """A body as it is called; without a name, its code."""
        known = self.whole.names.get(code) or code.removeprefix("agency:").removeprefix("gss:")
        return name_said(known)

    @cached_property
    def blank(self) -> frozenset[str]:
        """Bodies whose return lists services and gives no sum for any, nor an estimate."""
        lines: dict[str, list[Line]] = {}
        for line in self.whole.lines:
            lines.setdefault(line.agency, []).append(line)
        return frozenset(
            agency
            for agency, same in lines.items()
            if len(same) > 1 and all(x.pence is None and x.high_pence is None for x in same)
        )

    def service_of(self, line: Line) -> str:
        """The service under which a line is shown.

        None where a body is wholly missing: a blank form lists services that it may not have.
        """
        if line.pence is None and (line.service == UNCLASSIFIED or line.agency in self.blank):
            return ""
        return line.service
