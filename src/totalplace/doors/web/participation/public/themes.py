"""Officers make themes of free answers: look, name, merge, split, move, set apart, finish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from totalplace.doors.web.showing import now, officer_of, officers_only, show
from totalplace.doors.web.work import enqueue
from totalplace.doors.web.work import queries as works
from totalplace.doors.web.work.rules import Asked
from totalplace.participation.actions import theming
from totalplace.participation.queries.themes import ThemesRow, theme_of, themes_of
from totalplace.participation.rules.public.finding import can_find
from totalplace.participation.rules.public.theming import Verb, lacking

_AT_ONCE: Final = 400  # free answers, up to which themes are looked for while the page waits
_A_PAGE: Final = 40
_DONE: Final = {
    Verb.ADD: "The theme is added.",
    Verb.NAME: "The theme has its name.",
    Verb.MERGE: "The two are one theme now.",
    Verb.SPLIT: "The theme is split.",
    Verb.PUT: "The answers are in the theme now.",
    Verb.TAKE_OUT: "The answers are out of the theme.",
    Verb.SET_APART: "The answers are set apart, with your reason.",
    Verb.CLEAR_QUOTE: "The quotation may be shown.",
}


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def every(request: HttpRequest, number: int) -> HttpResponseBase:
    """All themes, what is still to be done, and the machine's proposal."""
    row = themes_of(number, by=officer_of(request), on=now())
    if request.method == "POST":
        return _act(request, row) or redirect("themes", number)
    numbers = [theme.number for theme in row.themes.standing]
    shown = {
        "found": row.head, "row": row, "themes": row.themes.standing, "can_find": can_find(),
        "lacks": lacking(row.themes, row.answers), "unplaced": len(row.unplaced),
        "answers": len(row.answers), "numbers": numbers,
        "doing": works.under_way(_about(number)),
    }  # fmt: skip
    return show(request, "participation/public/themes.html", shown)


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int, theme: int) -> HttpResponseBase:
    """A theme with its answers, those that are most like it first and last those that are least."""
    row = themes_of(number, by=officer_of(request), on=now())
    found = theme_of(row, theme)
    if request.method == "POST":
        _act(request, row, theme=theme)
        still = {t.number for t in row.themes.standing}
        return redirect("theme", number, theme) if theme in still else redirect("themes", number)
    names = sorted(found.answers, key=lambda name: (-found.answers[name], name))
    shown = {
        "found": row.head, "theme": found, "row": row, **_paged(request, names),
        "others": [t for t in row.themes.standing if t.number != theme],
        "quotes": [q for q in row.themes.quotes if q.theme == theme],
    }  # fmt: skip
    return show(request, "participation/public/theme.html", shown)


@officers_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unplaced(request: HttpRequest, number: int) -> HttpResponseBase:
    """Answers in no theme: each is put into one, or read and set apart with a reason."""
    row = themes_of(number, by=officer_of(request), on=now())
    if request.method == "POST":
        _act(request, row)
        return redirect("themes-unplaced", number)
    shown = {
        "found": row.head, "row": row, "others": row.themes.standing,
        **_paged(request, row.unplaced), "apart": sorted(row.themes.apart.items()),
    }  # fmt: skip
    return show(request, "participation/public/unplaced.html", shown)


def _paged(request: HttpRequest, names: list[str]) -> dict[str, Any]:
    page = max(1, int(said) if (said := request.GET.get("page", "")).isdecimal() else 1)
    pages = max(1, -(-len(names) // _A_PAGE))
    return {"names": names[(page - 1) * _A_PAGE : page * _A_PAGE], "page": page, "pages": pages}


def _act(
    request: HttpRequest, row: ThemesRow, *, theme: int | None = None
) -> HttpResponseBase | None:
    """Do what was asked; where that is to wait for work, the page of it."""
    officer, number, do = officer_of(request), row.head.number, request.POST.get("do", "")
    if do == Verb.PROPOSE:
        return _propose(request, row)
    if do == Verb.FINISH:
        theming.finish_themes(number, by=officer, on=now())
        messages.success(request, "The themes are finished: each must be answered now.")
        return redirect("themes", number)
    verb = Verb(do) if do in list(Verb) else Verb.PUT
    theming.move_themes(number, verb, _said(request.POST, verb, theme), by=officer, on=now())
    messages.success(request, _DONE[verb])
    return None


def _said(typed: QueryDict, verb: Verb, theme: int | None) -> Mapping[str, Any]:
    """What a move says, of what was typed."""
    said: dict[str, Any] = {}
    chosen = typed.get("theme", "")
    if theme is not None and verb not in (Verb.PUT, Verb.ADD, Verb.SET_APART):
        said["theme"] = theme
    elif verb is Verb.PUT or (verb in (Verb.NAME, Verb.MERGE) and chosen):
        said["theme"] = _whole(chosen)
    if verb is Verb.MERGE:
        said["into"] = _whole(typed.get("into", ""))
    if verb in (Verb.ADD, Verb.NAME, Verb.SPLIT):
        said["name"] = typed.get("name", "").strip()
    if verb not in (Verb.NAME, Verb.MERGE):
        said["answers"] = typed.getlist("answers")
    if verb is Verb.SET_APART:
        said["why"] = typed.get("why", "").strip()
    if verb is Verb.CLEAR_QUOTE:
        said["words"] = typed.get("words", "").strip()
    return said


def _whole(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0


def _about(number: int) -> str:
    return f"themes of hearing {number}"


def _propose(request: HttpRequest, row: ThemesRow) -> HttpResponseBase:
    officer, number = officer_of(request), row.head.number
    if len(row.answers) <= _AT_ONCE:
        several = theming.propose_themes(number, by=officer, on=now())
        messages.success(request, f"{several} themes are proposed. Name them, or change them.")
        return redirect("themes", number)
    with transaction.atomic():
        doing = works.under_way(_about(number))
        work = doing.id if doing else enqueue(
            "propose themes", by=officer, about=_about(number),
            words=f"Looking for themes in {len(row.answers):,} answers",
            asked=Asked(place=row.head.place, back=f"/participation/{number}/themes/"),
            number=number, officer=officer.code,
        )  # fmt: skip
    return redirect("work", work)
