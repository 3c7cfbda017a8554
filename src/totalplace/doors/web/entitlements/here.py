"""A resident's page: what am I entitled to here? Answered at once; nothing is kept of it.

What was said travels in the form itself from one round of questions to the next. It is in no
address, cookie, session, record or log, and no copy of the answer may be kept on the way.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from totalplace.decisions.rules.days import local_day
from totalplace.decisions.rules.proposals import said_pence
from totalplace.doors.web.forms import Day
from totalplace.doors.web.front import private
from totalplace.doors.web.showing import now, show
from totalplace.entitlements import queries
from totalplace.entitlements.rules.asking import Found, all_facts, find, questions
from totalplace.entitlements.rules.facts import Answer, Fact, FactKind, Person, Value
from totalplace.places import queries as places
from totalplace.refusal import Refused

_NOT_SURE: Final = ("not-sure", "Not sure")
_YES_NO: Final = (("yes", "Yes"), ("no", "No"), _NOT_SURE)
_KNOWN: Final = "said-"


class Questions(forms.Form):
    """One round of questions. Any may be left out."""

    def __init__(self, typed: QueryDict | None, facts: list[Fact]) -> None:
        super().__init__(typed)
        self.facts = facts
        for fact in facts:
            self.fields[fact.code] = _field(fact)

    def clean(self) -> dict[str, Any]:
        """What was typed, as the kind that each fact is; what cannot be is said beside it."""
        said = dict(self.cleaned_data)
        for fact in self.facts:
            if fact.code not in said:
                continue
            try:
                value = _value(fact, said[fact.code])
                fact.check(value)
            except Refused as refused:
                self.add_error(fact.code, f"{refused.what}: {refused.why}")
            else:
                said[fact.code] = value
        return said

    def drawn(self) -> Questions | None:
        """The form as it is drawn: that any may be left out is said once, and not beside each."""
        for field in self.fields.values():
            field.required = True
        return self if self.fields else None


def _field(fact: Fact) -> forms.Field:
    said: dict[str, Any] = {"label": fact.ask, "help_text": fact.hint, "required": False}
    match fact.kind:
        case FactKind.DAY:
            return Day(label=fact.ask, required=False, help_text=fact.hint or "Such as 3 5 2018")
        case FactKind.YES_NO:
            return forms.ChoiceField(choices=_YES_NO, widget=forms.RadioSelect, **said)
        case FactKind.CHOICE:
            choices = [*fact.options, _NOT_SURE]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **said)
        case FactKind.NUMBER:
            return forms.IntegerField(**said)
        case FactKind.PENCE:
            hint = f"{fact.hint} In pounds, such as 250 or 1,250.50".strip()
            return forms.CharField(max_length=20, **{**said, "help_text": hint})


def _value(fact: Fact, typed: Any) -> Value | None:
    """What was typed, as the kind of a fact; None where nothing was."""
    if typed in (None, "", _NOT_SURE[0]):
        return None
    if fact.kind is FactKind.YES_NO:
        return bool(typed == "yes")
    if fact.kind is FactKind.PENCE:
        return said_pence(str(typed))
    return typed  # type: ignore[no-any-return]


def _kept(fact: Fact, text: str) -> Value | None:
    """What was said in a round before, as it travels in the form. Raises Refused for no value."""
    value: Value | None = text
    try:
        if fact.kind is FactKind.DAY:
            value = date.fromisoformat(text)
        elif fact.kind is FactKind.YES_NO:
            value = {"yes": True, "no": False}[text]
        elif fact.kind is not FactKind.CHOICE:
            value = int(text) if len(text) < 16 else None
        fact.check(value)
    except (ValueError, KeyError, Refused):
        return None
    return value


def _travelling(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, place: str) -> HttpResponse:
    """Ask, answer as far as can be said, and ask what would settle the rest."""
    where, on = places.place(place), local_day(now())
    entitled = queries.in_force(place, on)
    rules = [one.rule for one in entitled]
    facts = all_facts(rules)
    known, before = _before(request.POST, facts)
    form = Questions(request.POST or None, questions(find(rules, known, on), before))
    wrong = bool(request.POST) and not form.is_valid()
    if request.POST and not wrong:
        known |= {code: value for code, value in form.cleaned_data.items() if value is not None}
        before |= set(form.fields)
    found = find(rules, known, on)
    if not wrong:
        form = Questions(None, questions(found, before))
    said = {
        "place": where,
        "on": on,
        "form": form.drawn(),
        "begun": bool(before),
        "known": [(facts[code], facts[code].say(value)) for code, value in known.items()],
        "hidden": _hidden(known, before),
        "answers": _by_answer(found, {one.code: one for one in entitled}),
        "floors": [one for one in entitled if not one.rule.personal],
        "nothing": not entitled,
    }
    return private(show(request, "entitlements/here.html", said))


def _before(typed: QueryDict, facts: dict[str, Fact]) -> tuple[dict[str, Value], set[str]]:
    """What was said in the rounds before, and what was asked in them."""
    known: dict[str, Value] = {}
    before: set[str] = set()
    for code, fact in facts.items():
        text = typed.get(f"{_KNOWN}{code}")
        if text is not None:
            before.add(code)
            value = _kept(fact, text) if text else None
            if value is not None:
                known[code] = value
    return known, before


def _hidden(known: Person, before: set[str]) -> list[tuple[str, str]]:
    said = {code: _travelling(value) for code, value in known.items() if value is not None}
    return [(f"{_KNOWN}{code}", said.get(code, "")) for code in sorted(before)]


def _by_answer(
    found: list[Found], entitled: dict[str, queries.Entitlement]
) -> dict[str, list[tuple[Found, queries.Entitlement]]]:
    pairs = [(one, entitled[one.guarantee.code]) for one in found]
    return {
        name: [pair for pair in pairs if pair[0].result.answer is answer]
        for name, answer in (("yes", Answer.YES), ("cannot", Answer.CANNOT_SAY), ("no", Answer.NO))
    }
