"""The one return that an officer means: of a body and a year, in a form where there are several."""

from __future__ import annotations

from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.returns.forms import named
from totalplace.sources.returns.queries import ReturnKey, acted_on, lines


def key_meant(
    home: Home, agency: str, year: FinancialYear, *, form: str = "", area: str = ""
) -> ReturnKey:
    """The return of a body, by agency or GSS code, of a year; held, or asked for.

    Raises Refused where there is none, or more than one that may be meant.
    """
    if form:
        named(home, form)
    held = {
        ReturnKey(x.form, x.agency, x.area, x.year_start)
        for x in lines(home, bodies=[agency], year=year.start, every=True)
        if agency in (x.agency, x.body_gss)
    }
    asked = {k for k in acted_on() if k.agency == agency and k.year_start == year.start}
    found = sorted(k for k in held | asked if form in ("", k.form) and area in ("", k.area))
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(
            f"There is no return of {agency} for {year.label}",
            why="none is held and none was asked for",
            next_step=f"See what is held with: totalplace sources returns list --agency {agency}",
        )
    raise Refused(
        f"It is not clear which return of {agency} for {year.label} is meant",
        why=f"there are {len(found)}: {'; '.join(map(str, found[:6]))}",
        next_step="Name its form with --form, and its area with --area where there are several",
    )
