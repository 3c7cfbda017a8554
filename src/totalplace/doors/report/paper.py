"""Templates filled in: every text is escaped, and nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(Path(__file__).parent / "templates")], autoescape=True)


def filled(template: str, shown: Mapping[str, Any]) -> str:
    """A template of this folder with its words and figures; markup in them is only words."""
    return str(_engine().get_template(template).render(Context(dict(shown), use_l10n=False)))
