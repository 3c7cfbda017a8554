"""Adding a target to a set in a form, changing one, and taking one out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.outcomes.targets.forms import Change, Which, Why, unit
from totalplace.doors.web.outcomes.targets.looking import the_set, today
from totalplace.doors.web.showing import now, officer_of, officers_only, show, typed
from totalplace.doors.web.sources.seeing import home
from totalplace.outcomes.actions import target_sets as actions
from totalplace.outcomes.queries.measured import baseline_of, outcome_of
from totalplace.outcomes.queries.sets import TargetSetRow
from totalplace.outcomes.queries.targets_heard import stage_of
from totalplace.outcomes.rules.target_moves import Stage, Verb, after
from totalplace.outcomes.rules.targets import Baseline, Outcome, Target
from totalplace.outcomes.rules.wanted import Wanted, said_again
from totalplace.participation import queries as participation
from totalplace.participation.queries import AnswerRow
from totalplace.participation.queries.adopting import hearing_of
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer


@dataclass(frozen=True, slots=True)
class Opened:
    """A set that an officer is about to change, and the answers that may lead to a change.

    `answers` is None where none is asked for: nobody is being heard yet.
    """

    row: TargetSetRow
    by: Officer
    answers: list[AnswerRow] | None

    @property
    def others(self) -> list[Wanted]:
        """All its targets as they stand."""
        return [said_again(target) for target in self.row.targets]


def opened(request: HttpRequest, place: str, number: int) -> Opened:
    """A set to change. Raises Refused for who may not, and at a time when it cannot be changed."""
    by, on = officer_of(request), today()
    places.power(by, Act.PROPOSE_TARGETS, place=place, on=now())
    row = the_set(place, number, by, on)
    stage = stage_of(row, on=on)
    after(stage, Verb.CHANGE if row.kept is Stage.DRAFT else Verb.REVISE)
    if row.kept is Stage.DRAFT or hearing_of(row.citation, on=on).opened is None:
        return Opened(row, by, None)
    return Opened(row, by, [one for one in participation.answers(row.citation) if one.changed])


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, place: str, number: int) -> HttpResponseBase:
    """Choose an outcome, then say what it is to be."""
    this = opened(request, place, number)
    asked = request.GET if "indicator" in request.GET else None
    area = places.agency(this.row.agency).gss
    which = Which(asked, area=area)
    if asked is None or not which.is_valid():
        said = {"form": which, "row": this.row, "title": "Add a target", "button": "Continue"}
        return show(request, "outcomes/targets/which.html", said)
    outcome = outcome_of(which.cleaned_data["indicator"], which.cleaned_data["area"])
    baseline = baseline_of(outcome, home=home())
    return _target(request, this, outcome, None, baseline)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place: str, number: int, line: int) -> HttpResponseBase:
    """Say anew what a target is to be."""
    this = opened(request, place, number)
    target = _at(this.row.targets, line)
    return _target(request, this, target.outcome, target, target.baseline)


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, place: str, number: int, line: int) -> HttpResponseBase:
    """Take a target out of a set."""
    this = opened(request, place, number)
    target = _at(this.row.targets, line)
    form = Why(typed(request), answers=this.answers)
    if request.method == "POST" and form.is_valid():
        left = [one for one in this.others if one.key != target.key]
        return keep(request, this, left, form, "The target is taken out.")
    title = f"Take out '{target.outcome.title}'"
    said = {"form": form, "row": this.row, "title": title, "button": "Take it out"}
    return show(request, "outcomes/targets/act.html", said)


def _target(
    request: HttpRequest, this: Opened, outcome: Outcome, before: Target | None, baseline: Baseline
) -> HttpResponseBase:
    members = places.members(this.row.place, on=today())
    form = Change(
        typed(request), row=this.row, outcome=outcome, before=before, baseline=baseline,
        agencies=[one.agency for one in members], answers=this.answers,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        mine = form.wanted()
        wanted = [mine if one.key == mine.key else one for one in this.others]
        wanted += [mine] if mine.key not in {one.key for one in wanted} else []
        return keep(request, this, wanted, form, "The target is kept.")
    said = {
        "form": form, "row": this.row, "outcome": outcome, "title": outcome.title,
        "unit": unit(outcome),
        "steps": [form[f"step_{day.isoformat()}"] for day in form.days],
        "parts_of": [(one, form[f"share_{one.code}"], form[f"pounds_{one.code}"])
                  for one in form.agencies],
    }  # fmt: skip
    return show(request, "outcomes/targets/target.html", said)


def keep(
    request: HttpRequest, this: Opened, wanted: Sequence[Wanted], form: Why, done: str
) -> HttpResponseBase:
    """Put all targets of a set anew, for the reason that was typed, and lead back to it."""
    actions.revise(
        this.row.citation.id, wanted, reason=form.cleaned_data["reason"], because=form.answer,
        by=this.by, on=now(),
    )  # fmt: skip
    messages.success(request, done)
    return redirect("target-set", this.row.place, this.row.number)


def _at(targets: Sequence[Target], line: int) -> Target:
    if not 1 <= line <= len(targets):
        raise Http404
    return targets[line - 1]
