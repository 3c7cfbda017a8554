"""Every job that can be asked for: its name, and the function that does it, in one list.

A job is told how to say how far it is, and takes its own arguments. It returns what came of it in
a sentence. It may be run twice: a process can be killed at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

from totalplace.doors.web.work.telling import Telling

Job = Callable[..., str]

JOBS: Final[Mapping[str, str]] = {  # name: module and function
    "read a submission": "totalplace.doors.web.sources.jobs:read",
    "take a submission in": "totalplace.doors.web.sources.jobs:take_in",
    "tidy submissions": "totalplace.doors.web.sources.jobs:tidy",
    "freeze a count": "totalplace.doors.web.count_acts.jobs:freeze",
    "make payments ready": "totalplace.doors.web.spending.jobs:make_ready",
    "send digests": "totalplace.doors.web.digests.jobs:send",
    "verify the record": "totalplace.doors.web.record.jobs:verify",
    "forget sign-ins": "totalplace.doors.web.sign_in.forgetting:forget",
    "publish a head": "totalplace.doors.web.record.jobs:publish",
    "seal the books": "totalplace.doors.web.ledger.jobs:seal",
    "look at places": "totalplace.doors.web.monitoring.jobs:look",
    "send findings on": "totalplace.doors.web.monitoring.hook_jobs:send",
    "send findings by e-mail": "totalplace.doors.web.digests.finding_jobs:send",
    "propose themes": "totalplace.doors.web.participation.public.jobs:find",
    "forget unsent answers": "totalplace.doors.web.participation.public.jobs:forget",
}
# Where a person may ask for a job to be stopped. What was certified is taken in whole.
CAN_BE_STOPPED: Final = frozenset(
    {
        "read a submission", "freeze a count", "verify the record", "propose themes",
        "look at places",
    }
)  # fmt: skip
# What is done every night, in this order.
NIGHTLY: Final = (
    "tidy submissions", "look at places", "send findings on", "send findings by e-mail",
    "send digests", "seal the books", "publish a head", "forget sign-ins", "forget unsent answers",
)  # fmt: skip


def job_named(name: str) -> Job:
    """The function of a job. Raises LookupError where there is none of that name."""
    module, _, function = JOBS[name].partition(":")
    job: Job = getattr(import_module(module), function)
    return job


def do(name: str, telling: Telling, args: Mapping[str, Any]) -> str:
    """Do a job; returns what came of it in a sentence."""
    return job_named(name)(telling, **args)
