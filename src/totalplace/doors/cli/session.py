"""What a command is told by its surroundings: whose home, who asks, and what time it is."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from totalplace.doors import records
from totalplace.places.rules.mandates import Operator

if TYPE_CHECKING:
    from totalplace.sources.home import Home

R = TypeVar("R")


@dataclass(slots=True)
class Session:
    """One run of a command."""

    said_home: Path | None = None
    debug: bool = False

    @property
    def home(self) -> Path:
        """The folder of files and records."""
        return records.home_folder(self.said_home)

    def open(self) -> None:
        """Open the records of the home. Raises Refused where they cannot be."""
        records.ready(self.home)

    def by(self) -> Operator:
        """Who acts: the name under which they use this computer."""
        try:
            return Operator(getpass.getuser())
        except (KeyError, OSError):  # an account without a name, as in some containers
            return Operator("an unnamed user")

    def now(self) -> datetime:
        """The time, in UTC."""
        return datetime.now(UTC)

    def files(self) -> Home:
        """Where files and holdings stand."""
        from totalplace.sources.home import Home

        return Home(self.home)


def pass_session(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command its session first, with the rooms' tables loaded for it to import."""

    @wraps(command)
    def with_session(*args: object, **said: object) -> R:
        session = click.get_current_context().ensure_object(Session)
        records.start_django()
        return command(session, *args, **said)

    return with_session
