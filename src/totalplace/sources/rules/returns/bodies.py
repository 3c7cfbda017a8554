"""Whose the figures of a return are, and of which kind their body is."""

from __future__ import annotations

from collections.abc import Callable

from totalplace.places.rules.kinds import code_is_sound, gss_is_sound
from totalplace.sources.rules.returns.forms import Bodies, Form, Where
from totalplace.sources.rules.returns.found import Body, code_of


def body_of(form: Form, word: Callable[[Where, str], str], agency: str) -> Body | None:
    """Whose figures are, by the `word` that stands in each place; None where none says.

    A body is known by the code that the form fixes or the file gives, else by a code made of its
    name; and by `agency` where the form says nothing of bodies.
    """
    bodies = form.bodies
    code = word(bodies.code, "the code of the body")
    name = word(bodies.name, "the name of the body")
    said = word(bodies.agency, "the code of the agency") or code
    if not said and name:
        said = code_of(name)
    if not said and not says_whose(bodies):
        said = agency
    area = word(bodies.area, "the code of the area")
    if not code_is_sound(said) or (bodies.area != Where() and not code_is_sound(area)):
        return None
    return Body(said, code if gss_is_sound(code) else "", name or said, area)


def says_whose(bodies: Bodies) -> bool:
    """Whether a form says where it stands whose the figures are."""
    return any(where != Where() for where in (bodies.code, bodies.name, bodies.agency))


def kind_of_body(form: Form, code: str) -> str:
    """The kind of a body by the longest beginning of its code that the form knows; else unknown."""
    known = [k for k in form.bodies.kinds if code.casefold().startswith(k.casefold())]
    return form.bodies.kinds[max(known, key=len)] if known else "unknown"
