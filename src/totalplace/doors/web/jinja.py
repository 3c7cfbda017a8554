"""How our pages are drawn: the GOV.UK macros, and the few words and numbers that templates need."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from totalplace.doors.web import forms
from totalplace.money.pence import pounds

STATIC: Final = Path(__file__).parent / "static"
_GOVUK: Final = "govuk_frontend_jinja"
_MACROS: Final = _GOVUK + "/components/{}/macro.html"
_LONDON: Final = ZoneInfo("Europe/London")  # a clock on an English wall


def environment(**options: Any) -> Environment:
    """The environment that Django asks for, once."""
    ours = options.pop("loader")
    # The macros ask for what they were not given (trap T3 of dependencies.md).
    made = Environment(  # noqa: S701  (it is set, just below)
        **{**options, "autoescape": True, "undefined": ChainableUndefined},
        loader=ChoiceLoader([ours, PrefixLoader({_GOVUK: PackageLoader(_GOVUK)})]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "govuk": Macros(made),
        "static": static,
        "url": url,
        "fields": forms.fields,
        "field": forms.field,
        "errors_of": forms.errors_of,
        "single_sign_on": single_sign_on,
    }
    made.filters |= {"pounds": pounds, "day": day, "moment": moment, "number": number}
    made.filters["sentence"] = sentence
    return made


class Macros:
    """The GOV.UK components by name: `govuk.error_summary({...})` is its govukErrorSummary."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._found: dict[str, Callable[..., str]] = {}

    def __getattr__(self, name: str) -> Callable[..., str]:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._found:
            template = self._environment.get_template(_MACROS.format(name.replace("_", "-")))
            macro = "govuk" + name.title().replace("_", "")
            self._found[name] = getattr(template.module, macro)
        return self._found[name]


@cache
def static(path: str) -> str:
    """The address of a file of ours. It changes with its content, so browsers may keep it."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()
    return f"/static/{quote(path)}?v={digest[:12]}"


def single_sign_on() -> str:
    """What the provider of single sign-on is called; empty where there is none."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


def url(name: str, *args: object, **said: object) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args or None, kwargs=said or None)


def day(of: date | None) -> str:
    """1 April 2026, or nothing."""
    if of is None:
        return ""
    if isinstance(of, datetime):
        of = of.astimezone(_LONDON)
    return f"{of.day} {of:%B %Y}"


def moment(at: datetime | None) -> str:
    """1 April 2026 at 9:05am, by the clock in England, or nothing."""
    if at is None:
        return ""
    here = at.astimezone(_LONDON)
    half = "am" if here.hour < 12 else "pm"
    return f"{day(at)} at {(here.hour - 1) % 12 + 1}:{here:%M}{half}"


def number(of: int | None) -> str:
    """12,345, or nothing where it is not known."""
    return "" if of is None else f"{of:,}"


def sentence(words: object) -> str:
    """Words as the first of a line."""
    text = str(words)
    return text[:1].upper() + text[1:]
