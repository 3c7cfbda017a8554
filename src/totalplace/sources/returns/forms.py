"""The forms that are known: those shipped, and those that officers keep in the home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.reading.names import shown_name
from totalplace.sources.rules.returns.form_text import form_from, wrong
from totalplace.sources.rules.returns.forms import Form


@cache
def shipped() -> tuple[Form, ...]:
    """The forms that come with the program, by code."""
    folder = files("totalplace.sources") / "definitions" / "returns"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return tuple(
        sorted(
            (_form(entry.read_text(encoding="utf-8"), entry.name) for entry in found),
            key=lambda form: form.code,
        )
    )


def known(home: Home) -> dict[str, Form]:
    """Every form by its code; one in the home stands in place of a shipped one of the same code.

    Raises Refused where a file in the home is not a form.
    """
    forms = {form.code: form for form in shipped()}
    if home.forms.is_dir():
        for path in sorted(home.forms.glob("*.y*ml")):
            try:
                written = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise wrong(shown_name(path.name), "cannot be read as text") from error
            form = _form(written, shown_name(path.name))
            forms[form.code] = form
    return forms


def named(home: Home, code: str) -> Form:
    """The form of a code. Raises Refused where there is none."""
    forms = known(home)
    if code not in forms:
        raise Refused(
            f"There is no form {shown_name(code)}",
            why=f"the forms are {', '.join(sorted(forms))}",
            next_step="Name one of them, or write one: docs/how-to/add-returns.md says how",
        )
    return forms[code]


def wanted(home: Home, code: str) -> Sequence[Form]:
    """The form of a code, or every form where none is said."""
    return [named(home, code)] if code else list(known(home).values())


def _form(written: str, name: str) -> Form:
    try:
        said: Mapping[str, Any] = yaml.safe_load(written)
    except (yaml.YAMLError, RecursionError) as error:
        raise wrong(name, f"is not YAML ({error})") from error
    return form_from(said, name=name)
