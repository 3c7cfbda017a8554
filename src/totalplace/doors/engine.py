"""Which engine answers: the one that TOTALPLACE_ENGINE names, else DuckDB."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from totalplace.refusal import Refused


@contextmanager
def asking_chosen() -> Iterator[None]:
    """Let the chosen engine answer within. Raises Refused where there is none of its name."""
    named = os.environ.get("TOTALPLACE_ENGINE", "")
    if not named:
        yield
        return
    from totalplace import engines  # only where it is needed, so that --help is quick

    known = [engine.value for engine in engines.Engine]
    if named not in known:
        raise Refused(
            f"No question was asked of {named}",
            why="TOTALPLACE_ENGINE names no engine of that name",
            next_step=f"Set it to {' or '.join(known)}, or leave it out",
        )
    with engines.asking(engines.Engine(named)):
        yield
