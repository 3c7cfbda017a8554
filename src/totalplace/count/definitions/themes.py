"""A place's own themes, read against the list of services."""

from __future__ import annotations

from totalplace.count.definitions.services import services
from totalplace.count.rules.purposes.themes import Themes


def themes_of(text: str) -> Themes:
    """Themes from the text of a place's file. Raises Refused at the first key that is wrong."""
    return Themes.parse(text, services())
