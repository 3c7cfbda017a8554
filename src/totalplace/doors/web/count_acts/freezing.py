"""Asking for a count to be built and frozen."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.count.queries.editions import editions
from totalplace.count.queries.from_returns import years_of
from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.seeing import home
from totalplace.doors.web.work import enqueue
from totalplace.doors.web.work import queries as works
from totalplace.doors.web.work.rules import Asked
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act
from totalplace.refusal import Refused
from totalplace.sources import queries as sources
from totalplace.sources.submitting.queries import unsettled


class YearForm(forms.Form):
    """Which year is counted."""

    year = forms.ChoiceField(label="Financial year")


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place: str) -> HttpResponse:
    """Freeze the count of a place and year as its next edition."""
    officer, on = officer_of(request), now()
    try:
        named = places.place(place)
    except Refused as error:
        raise Http404 from error
    if not places.may(officer, Act.READ_UNPUBLISHED, place=place, on=on):
        raise Http404
    years = _years(place)
    form = YearForm(request.POST or None)
    form.fields["year"].choices = [(y.label, y.label) for y in years]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        places.power(officer, Act.FREEZE, place=place, on=on)
        return redirect("work", _ask(request, place, form.cleaned_data["year"]))
    members = {m.agency.code for m in places.members(place, on=on.date())}
    shown = {
        "form": form, "place": named, "years": years,
        "may": places.may(officer, Act.FREEZE, place=place, on=on),
        "on_the_way": len(unsettled(members)), "editions": editions(place)[-6:][::-1],
    }  # fmt: skip
    return show(request, "count_acts/new.html", shown)


def _ask(request: HttpRequest, place: str, year: str) -> int:
    """Ask for it, unless it is being done already; returns the number of the work."""
    officer, about = officer_of(request), f"count {place}/{year}"
    with transaction.atomic():
        doing = works.under_way(about)
        if doing is not None:
            return doing.id
        return enqueue(
            "freeze a count", by=officer, about=about, words=f"Counting {place}, {year}",
            asked=Asked(place=place, back=f"/count/{place}/"),
            place=place, year=year, officer=officer.code,
        )  # fmt: skip


def _years(place: str) -> list[FinancialYear]:
    """Years of which payments or returns of the place's members are held, the latest first."""
    members = [m.agency.code for m in places.members(place)]
    found = set(years_of(home(), place))
    for table in sources.readings(agencies=members):
        if table.first_date and table.last_date:
            first, last = FinancialYear.of(table.first_date), FinancialYear.of(table.last_date)
            found |= {FinancialYear(n) for n in range(first.start, last.start + 1)}
    return sorted(found, key=lambda y: -y.start)
