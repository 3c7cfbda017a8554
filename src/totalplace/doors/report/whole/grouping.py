"""Lines of the count grouped for its tables: by service, COFOG, who decides, body and kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from totalplace.count.rules.purposes.services import UNCLASSIFIED, Decides
from totalplace.count.rules.whole_place.lines import Line, total
from totalplace.doors.report.whole.asked import Report
from totalplace.doors.report.whole.said import Summed

# UN, Classification of the Functions of Government (COFOG), 1999: its ten divisions.
DIVISIONS: Final = {
    "01": "General public services",
    "02": "Defence",
    "03": "Public order and safety",
    "04": "Economic affairs",
    "05": "Environmental protection",
    "06": "Housing and community amenities",
    "07": "Health",
    "08": "Recreation, culture and religion",
    "09": "Education",
    "10": "Social protection",
}
_NO_SERVICES: Final = frozenset({"passed_on", "not_spending", UNCLASSIFIED})
SOCIAL: Final = ("10", "09", "07")  # social protection, education, health


def grouped(lines: Iterable[Line], key: Callable[[Line], str]) -> list[Summed]:
    """Lines of one income rule added up by a key: the largest first, what is unknown last."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    summed = [Summed(name, tuple(same), total(same)) for name, same in found.items()]
    return sorted(summed, key=_order)


def _order(s: Summed) -> tuple[bool, int, str]:
    size = s.high_pence if s.pence is None else s.pence
    return s.pence is None, -(size or 0), s.name or "~"


def everything(report: Report) -> Summed:
    """All lines of the rule that heads the count."""
    return Summed("", report.whole.lines, report.whole.total)


def by_service(report: Report, lines: Iterable[Line]) -> list[Summed]:
    """By the code of the service; what is wholly missing and has none stands under ''."""
    return grouped(lines, report.service_of)


def by_division(report: Report, lines: Iterable[Line]) -> list[Summed]:
    """By COFOG division, in two figures; '' where the service lies in none."""
    return grouped(lines, lambda line: report.titles.cofog(report.service_of(line))[:2])


def by_decides(report: Report, lines: Iterable[Line]) -> list[Summed]:
    """By who decides, from the place outwards; missing bodies of no service are under ''."""
    order = [str(d) for d in Decides]
    found = grouped(lines, lambda line: str(report.titles.decides(report.service_of(line))))
    return sorted(found, key=lambda s: order.index(s.name))


def by_agency(lines: Iterable[Line]) -> list[Summed]:
    """By body: named by its code, as two bodies may have one name."""
    return grouped(lines, lambda line: line.agency)


def by_economic(lines: Iterable[Line]) -> list[Summed]:
    """Running costs and building, apart."""
    return grouped(lines, lambda line: str(line.economic))


def title_of(report: Report, code: str) -> str:
    """A service by its title, or what stands for lines that have none."""
    return report.titles.service(code) if code else "Bodies of which nothing is known"


def missing_bodies(report: Report) -> dict[str, str]:
    """Bodies of which nothing is in the total, by code: without a sum, or without any line."""
    whole = report.whole
    found = {s.name: s.lines[0].agency_name for s in by_agency(whole.lines) if s.pence is None}
    listed = {line.agency for line in whole.lines}
    listed |= set(whole.stood_for)
    found |= {e.agency: e.agency_name for e in whole.explained if e.agency not in listed}
    return found


def silent_services(report: Report) -> list[str]:
    """Services of the list for which no return has a line, nor an estimate that reaches them.

    An estimate reaches the services of its COFOG function. None of gross lines: payments do not
    say what a place has no service of.
    """
    lines = report.whole.net_lines
    shown = {report.service_of(line) for line in lines} | _NO_SERVICES
    gaps = {report.service_of(line) for line in lines if line.pence is None}
    reached = {report.titles.cofog(service) for service in gaps} - {""}
    return [
        code
        for code, service in report.titles.services.items()
        if lines and code not in shown and not service.cofog.startswith(tuple(reached))
    ]


def missing_sums(report: Report) -> int:
    """Lines without a value of bodies that are partly known."""
    gone = missing_bodies(report)
    return sum(x.pence is None and x.agency not in gone for x in report.whole.lines)
