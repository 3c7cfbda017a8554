"""What is lacking before targets may be adopted, in words: see `participation.rules.adopting`."""

from __future__ import annotations

from functools import partial
from typing import Final

from totalplace.participation.rules import adopting
from totalplace.participation.rules.adopting import Called, Decided, Made

CALLED: Final = Called(
    this="these targets", the="the targets", they_were="they were", they_are="they are",
    them="them", their="their", stand="they stand",
    wrong_body="does not set the policy of the place",
    right_body="the body that adopts the policy framework",
)  # fmt: skip

not_as_heard: Final = partial(adopting.not_as_heard, CALLED)
check_revision: Final = partial(adopting.check_revision, CALLED)
decision_lacks: Final = partial(adopting.decision_lacks, CALLED)

__all__ = ["CALLED", "Decided", "Made", "check_revision", "decision_lacks", "not_as_heard"]
