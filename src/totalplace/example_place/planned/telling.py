"""What came of the plan of the example place, in words."""

from __future__ import annotations

from totalplace.example_place.planned.course import Planned
from totalplace.money.pence import pounds


def in_words(planned: Planned) -> str:
    """A few lines: how near the plan is to the best one, who answered, what was posted."""
    row, allocation = planned.plan, planned.allocation
    last = row.last
    now = last.problem.points([line.now for line in last.problem.lines])
    near = (
        "It is the best plan of this place, which is known beforehand: no line differs by more "
        "than a penny."
        if planned.furthest_pence <= 1
        else f"It is NOT the best plan of this place: a line differs by "
        f"{pounds(planned.furthest_pence)}."
    )
    posted = "posted to the book" if planned.posted else "not posted, for there is no book yet"
    divided = (
        f"Plan {row.citation.id} divides {pounds(sum(last.stands.pence) // last.years)} a year: "
        f"{planned.points:.1f} points instead of {now:.1f}. {near}"
    )
    allocated = (
        "It was answered by each body, heard and decided; allocation "
        f"{allocation.citation.id} of {pounds(allocation.pence)} is {posted}: see /commissioning/ "
        "once it is served."
    )
    return f"{divided}\n{allocated}"
