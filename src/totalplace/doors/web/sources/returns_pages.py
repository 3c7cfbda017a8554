"""Returns: which were asked for and are held, where each stands, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.sources.acting import ReasonForm
from totalplace.doors.web.sources.seeing import agencies_for, home
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused
from totalplace.sources import returns as held
from totalplace.sources.returns import actions
from totalplace.sources.returns.forms import known
from totalplace.sources.returns.queries import ReturnKey, acted_on, files_of, moves, stage
from totalplace.sources.rules.returns.stages import MOVES, SUPERSEDED, WITH_REASON, Stage, said

ACTS: Final = {
    "query": Act.QUERY_RETURN,
    "answer": Act.ANSWER_RETURN,
    "accept": Act.ACCEPT_RETURN,
    "withdraw": Act.WITHDRAW_RETURN,
    "request": Act.REQUEST_RETURN,
}
_DO: Final[dict[str, Callable[..., Stage]]] = {
    "query": actions.query,
    "answer": actions.answer,
    "accept": actions.accept,
    "withdraw": actions.withdraw,
    "request": actions.request,
}
_YEARS: Final = 6  # financial years that can be asked for, the present one first
_LINES: Final = 400


@dataclass(frozen=True, slots=True)
class Standing:
    """A return, where it stands, and what was done last."""

    key: ReturnKey
    agency_name: str
    title: str
    year: str
    stage: str
    on: Any = None
    reason: str = ""
    waits: bool = False

    @property
    def href(self) -> str:
        """Its page."""
        return address_of(self.key)


class AskForm(forms.Form):
    """Which return is asked for."""

    agency = forms.ChoiceField(label="Of which agency?")
    form = forms.ChoiceField(label="Which return?")
    year = forms.ChoiceField(label="Of which financial year?")
    reason = forms.CharField(
        label="A note", required=False, max_length=2_000, widget=forms.Textarea({"rows": 3}),
        help_text="By when, and whom to ask. It stands on the record.",
    )  # fmt: skip

    def __init__(self, *args: Any, agencies: Sequence[AgencyRow], **said: Any) -> None:
        super().__init__(*args, **said)
        this = FinancialYear.of(now().date()).start
        years = [FinancialYear(this - n) for n in range(_YEARS)]
        self.fields["agency"].choices = [(a.code, a.name) for a in agencies]  # type: ignore[attr-defined]
        self.fields["form"].choices = sorted(  # type: ignore[attr-defined]
            ((f.code, f.title) for f in known(home()).values()), key=lambda pair: pair[1]
        )
        self.fields["year"].choices = [(str(y.start), y.label) for y in years]  # type: ignore[attr-defined]


@officers_only
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Returns of the officer's agencies: what waits for them first."""
    officer = officer_of(request)
    agencies = agencies_for(officer, Act.READ_UNPUBLISHED, on=now())
    rows = _standing(agencies, officer)
    shown = {
        "waits": [r for r in rows if r.waits],
        "others": [r for r in rows if not r.waits],
        "can_ask": bool(agencies_for(officer, Act.REQUEST_RETURN, on=now())),
    }
    return show(request, "sources/returns.html", shown)


_WAITING: Final = frozenset({Stage.REQUESTED.value, Stage.QUERIED.value})


def _titles() -> dict[str, str]:
    return {form.code: form.title for form in known(home()).values()}


def _acted_on(codes: Mapping[str, str], officer: Officer) -> list[Standing]:
    """The returns of some agencies that somebody acted on."""
    titles = _titles()
    return [
        Standing(
            key, codes[key.agency], titles.get(key.form, key.form),
            FinancialYear(key.year_start).label, move.after, move.on, move.reason,
            move.after in _WAITING and _is_theirs(key, move.after, officer),
        )
        for key, move in acted_on().items()
        if key.agency in codes
    ]  # fmt: skip


def _is_theirs(key: ReturnKey, stage_now: str, officer: Officer) -> bool:
    """Whether a return that was asked for or queried waits for the officer to give or answer."""
    act = Act.GIVE_FIGURES if stage_now == Stage.REQUESTED else Act.ANSWER_RETURN
    return places.may(officer, act, agency=key.agency, on=now())


def _standing(agencies: Sequence[AgencyRow], officer: Officer) -> list[Standing]:
    """Every return of some agencies that was acted on or is held."""
    codes = {a.code: a.name for a in agencies} | {a.gss: a.name for a in agencies if a.gss}
    found = {row.key: row for row in _acted_on(codes, officer)}
    titles = _titles()
    for body in held.bodies(home()) if codes else []:
        if body.agency in codes:
            for year in range(body.first_year, body.last_year + 1):
                key = ReturnKey(body.form, body.agency, body.area, year)
                if key not in found:
                    found[key] = Standing(
                        key, codes[body.agency], titles.get(body.form, body.form),
                        FinancialYear(year).label, Stage.RETURNED.value,
                    )  # fmt: skip
    return sorted(found.values(), key=lambda s: (-s.key.year_start, s.agency_name, s.title))


def waiting_returns(officer: Officer, on: datetime) -> list[Standing]:
    """Returns that were asked for or queried, of agencies for which the officer can reply."""
    replying = agencies_for(officer, Act.GIVE_FIGURES, Act.ANSWER_RETURN, on=on)
    codes = {a.code: a.name for a in replying}
    return [row for row in _acted_on(codes, officer) if row.stage in _WAITING]


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask an agency for a return."""
    agencies = agencies_for(officer_of(request), Act.REQUEST_RETURN, on=now())
    form = AskForm(request.POST or None, agencies=agencies, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        said_so = form.cleaned_data
        key = ReturnKey(said_so["form"], said_so["agency"], "", int(said_so["year"]))
        actions.request(
            key, home=home(), by=officer_of(request), on=now(), reason=said_so["reason"]
        )
        messages.success(request, "The return was asked for.")
        return redirect(address_of(key))
    return show(request, "sources/ask.html", {"form": form})


@officers_only
@require_safe
def one(request: HttpRequest, form: str, agency: str, year: int) -> HttpResponse:
    """A return as it stands: its life, its figures, its totals, its faults."""
    key = _key(request, form, agency, year)
    officer = officer_of(request)
    now_at = _stage_of(key)
    lines = held.lines(home(), bodies=[agency], year=year)
    mine = [x for x in lines if (x.form, x.area) == (form, key.area) and x.state != SUPERSEDED]
    totals = held.control_totals(home(), bodies=[agency], year=year)
    shown = {
        "key": key, "stage": now_at, "moves": moves(key), "can": _can(key, now_at, officer),
        "title": _title(form), "agency_name": _name(agency),
        "year": FinancialYear(year).label, "lines": mine[:_LINES], "more": len(mine) - _LINES,
        "totals": [t for t in totals if t.form == form and t.area == key.area],
        "can_give": places.may(officer, Act.GIVE_FIGURES, agency=agency, on=now()),
        "base": address_of(key), "area": f"?area={key.area}" if key.area else "", "said": said,
    }  # fmt: skip
    return show(request, "sources/return.html", shown)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, form: str, agency: str, year: int, verb: str) -> HttpResponse:
    """Query, answer, accept, withdraw or ask again for a return."""
    if verb not in ACTS:
        raise Http404
    key = _key(request, form, agency, year)
    typed = ReasonForm(request.POST or None)
    typed.fields["reason"].required = verb in WITH_REASON
    if request.method == "POST" and typed.is_valid():
        reason = typed.cleaned_data["reason"]
        _DO[verb](key, home=home(), by=officer_of(request), on=now(), reason=reason)
        messages.success(request, f"The return was {said(verb)}.")
        return redirect(address_of(key))
    shown = {
        "form": typed, "verb": verb, "title": _title(form), "agency_name": _name(agency),
        "year": FinancialYear(year).label, "base": address_of(key),
        "can": _can(key, _stage_of(key), officer_of(request)),
    }  # fmt: skip
    return show(request, "sources/act_on_return.html", shown)


def address_of(key: ReturnKey) -> str:
    """The page of a return."""
    area = f"?area={key.area}" if key.area else ""
    return f"/sources/returns/{key.form}/{key.agency}/{key.year_start}/{area}"


def _key(request: HttpRequest, form: str, agency: str, year: int) -> ReturnKey:
    if not 1990 <= year <= 2100 or not places.may(
        officer_of(request), Act.READ_UNPUBLISHED, agency=agency, on=now()
    ):
        raise Http404
    return ReturnKey(form, agency, request.GET.get("area", ""), year)


def _stage_of(key: ReturnKey) -> Stage:
    """Where it stands; one that is held and that nobody acted on was returned."""
    known_stage = stage(key)
    if known_stage is Stage.NONE and files_of(home(), key):
        return Stage.RETURNED
    return known_stage


def _can(key: ReturnKey, now_at: Stage, officer: Officer) -> list[str]:
    """What an officer can do: the stage allows it, and their mandate."""
    return [
        verb
        for before, verb in MOVES
        if before is now_at
        and verb in ACTS
        and places.may(officer, ACTS[verb], agency=key.agency, on=now())
    ]


def _title(form: str) -> str:
    found = known(home()).get(form)
    return found.title if found else form


def _name(agency: str) -> str:
    try:
        return places.agency(agency).name
    except Refused:
        return agency
