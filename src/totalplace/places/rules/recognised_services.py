"""Police, fire and the NHS, as payees are named: by their area and by what they do."""

from __future__ import annotations

from typing import Final

from totalplace.places.rules.recognised_index import Names
from totalplace.places.rules.recognised_kinds import (
    Body,
    BodyKind,
    Phrase,
    Recognised,
)
from totalplace.places.rules.recognised_names import Areas
from totalplace.places.rules.recognised_words import Forms, holds

_POLICE: Final = frozenset(["constable", "constabulary", "opcc", "pcc", "pfcc", "police"])
_POLICE_BODY: Final = frozenset(
    {"and", "authority", "chief", "commissioner", "commissioners", "constable"}
    | {"constabulary", "crime", "fire", "for", "force", "formerly", "of", "office"}
    | {"opcc", "pcc", "pfcc", "police", "service", "the"}
)
_COMMISSIONER: Final = ("crime", "commissioner")
_FIRE_WHOLE: Final = (("fire", "and", "rescue"), ("fire", "rescue"))
_FIRE_FORMS: Final = Forms(
    [
        ("fire", "and", "rescue"),
        ("fire", "rescue"),
        ("fire", "authority"),
        ("fire", "brigade"),
        ("fire", "service"),
        ("fire", "services"),
        ("frs",),
        ("fra",),
    ]
)
_FIRE_BODY: Final = frozenset(["and", "authority", "brigade", "combined", "rescue", "service"])
# Only in names of NHS bodies, whether or not NHS is written.
_BOARDS: Final = Forms(
    [
        ("primary", "care", "trust"),
        ("clinical", "commissioning", "group"),
        ("integrated", "care", "board"),
        ("commissioning", "support", "unit"),
        ("strategic", "health", "authority"),
        ("health", "authority"),
        ("health", "board"),
    ]
)
_TRUST_WORDS: Final = frozenset(
    ["ambulance", "foundation", "hospital", "hospitals", "infirmary", "partnership", "trust"]
)
_HOSPITAL_TRUSTS: Final = Forms(
    [
        ("hospitals", "foundation", "trust"),
        ("hospital", "foundation", "trust"),
        ("hospitals", "trust"),
        ("hospital", "trust"),
        ("health", "and", "social", "care", "trust"),
        ("mental", "health", "trust"),
        ("mental", "health", "partnership", "trust"),
        ("ambulance", "service", "trust"),
        ("ambulance", "trust"),
    ]
)
_TEACHING: Final = Forms(
    [
        ("university", "hospital"),
        ("university", "hospitals"),
        ("teaching", "hospital"),
        ("teaching", "hospitals"),
        ("hospitals", "university"),
        ("general", "hospital"),
        ("general", "infirmary"),
        ("royal", "infirmary"),
    ]
)
_NOT_NHS: Final = frozenset(
    {"association", "charitable", "charities", "charity", "club", "federation"}
    | {"fellowship", "friends", "league", "network", "recruitment", "retired"}
    | {"retirement", "society", "union"}
)
_FORM: Final = frozenset(["foundation", "nhs", "the", "trust"])


def police(tokens: Phrase, known: Names) -> Recognised | None:
    """A police force, a police authority or a commissioner; not those who bear their name."""
    if _POLICE.isdisjoint(tokens) or not known.words.others.isdisjoint(tokens):
        return None
    said = tuple([t for t in tokens if t not in known.words.before])
    at = next(i for i, token in enumerate(said) if token in _POLICE)
    left = tuple([t for t in said[:at] if t not in _POLICE_BODY or t in {"and", "of"}])
    while left and left[0] in {"and", "of"}:
        left = left[1:]
    if body := known.local.police.find(left):
        return body.recognised()
    stated = holds(tokens, _COMMISSIONER)
    authority = holds(tokens, ("police", "authority"))
    clear = stated or authority or not {"constabulary", "opcc", "pfcc"}.isdisjoint(tokens)
    clear = clear or holds(tokens, ("chief", "constable"))
    if not left and (clear or said[at] == "pcc"):
        rest = tuple([t for t in said[at:] if t not in _POLICE_BODY])
        if body := _leading(rest, known.local.police):
            return body.recognised(sure=known.local.police.leading(rest) is not None)
    if clear and (body := _ending(left, known.local.police) or known.local.police.nearest(left)):
        return body.recognised(sure=False)
    if not stated and not (authority and left):
        return None
    name = " ".join(said)
    why = "called a police authority or a police and crime commissioner; area not known"
    return Recognised(BodyKind.POLICE, name.title(), name, public=True, why=why, sure=False)


def fire(tokens: Phrase, known: Names) -> Recognised | None:
    """A fire and rescue authority or its service, by its area."""
    if "fire" not in tokens and "frs" not in tokens and "fra" not in tokens:
        return None
    if not known.words.others.isdisjoint(tokens):
        return None
    form = _FIRE_FORMS.held(tokens)
    combined = holds(tokens, ("combined", "fire"))
    if form is None and not combined and tokens[-1] != "fire":
        return None
    at = tokens.index("fire" if "fire" in tokens else form[0] if form else "fire")
    left = tuple([t for t in tokens[:at] if t not in {"combined", "the", "county", "state"}])
    left = tuple([t for t in left if t not in known.words.before])
    if not left:
        return None
    if body := known.local.fire.find(left):
        return body.recognised(sure=form is not None or combined)
    if form is None and not combined:
        return None
    if body := _ending(left, known.local.fire):
        return body.recognised(sure=False)
    whole = form in _FIRE_WHOLE and not {"authority", "service"}.isdisjoint(tokens[at:])
    if not whole and form != ("fire", "authority"):
        return None
    name = " ".join(tokens)
    why = "called a fire and rescue authority or service; area not known"
    return Recognised(BodyKind.FIRE, name.title(), name, public=True, why=why, sure=False)


def nhs(tokens: Phrase, known: Names) -> Recognised | None:
    """A trust, a board or another body of the NHS, by the rules under which they are named."""
    if not _NOT_NHS.isdisjoint(tokens):
        return None
    form = _BOARDS.held(tokens)
    if form == ("health", "authority") and "port" in tokens:
        return None
    if "nhs" in tokens:
        return _of_nhs(tokens, form, known)
    if not known.words.companies.isdisjoint(tokens):
        return None
    if form and tokens.index(form[0]) > 0:
        return _board(tokens, form, known)
    held = _HOSPITAL_TRUSTS.held(tokens)
    if held and tokens[: len(held)] != held:
        return _trust(tokens, sure=True)
    if _is_hospital(tokens, known):
        return _trust(tokens, sure=False)
    ends = tokens[-2:] in {("foundation", "trust"), ("care", "trust"), ("ambulance", "service")}
    if not ends and not holds(tokens, ("ambulance", "service")):
        return None
    regional = known.local.ambulance.leading(tokens) if "ambulance" in tokens else None
    if regional or (tokens[-1] == "trust" and tokens[0] in known.places):
        return _trust(tokens, sure=regional is not None)
    return None


def _is_hospital(tokens: Phrase, known: Names) -> bool:
    """Whether a hospital is a teaching or general one, or several of one place: the NHS's own."""
    teaching = _TEACHING.held(tokens) is not None
    several = tokens[-1] == "hospitals" and tokens[0] in known.places and len(tokens) > 1
    return (teaching or several) and known.words.others.isdisjoint(tokens)


def _of_nhs(tokens: Phrase, form: Phrase | None, known: Names) -> Recognised | None:
    """A name with NHS in it: a company that bears it is not a body of the NHS."""
    if not known.words.companies.isdisjoint(tokens) and "trust" not in tokens:
        return None
    if form:
        return _board(tokens, form, known)
    if not _TRUST_WORDS.isdisjoint(tokens):
        return _trust(tokens, sure=True)
    if len(tokens) == 1:
        why = "called NHS and no more"
        return Recognised(BodyKind.NHS_BOARD, "NHS", "nhs", public=True, why=why, sure=False)
    name = " ".join(tokens)
    why = "called NHS with an area or a task"
    return Recognised(BodyKind.NHS_BOARD, name.title(), name, public=True, why=why, sure=False)


def _board(tokens: Phrase, form: Phrase, known: Names) -> Recognised | None:
    area = tuple([t for t in tokens[: tokens.index(form[0])] if t not in {"nhs", "the"}])
    if form == ("integrated", "care", "board") and (body := known.local.care_boards.find(area)):
        return body.recognised()
    name = " ".join(["nhs", *area, *form])
    why = f"called a {' '.join(form)}"
    shown = name.title().replace("Nhs", "NHS")
    return Recognised(BodyKind.NHS_BOARD, shown, name, public=True, why=why, sure=bool(area))


def _trust(tokens: Phrase, *, sure: bool) -> Recognised:
    own = [t for t in tokens if t not in _FORM]
    name = " ".join([*own, "nhs trust"])
    shown = name.title().replace("Nhs", "NHS")
    why = "called a trust or hospital of the NHS"
    return Recognised(BodyKind.NHS_TRUST, shown, name, public=True, why=why, sure=sure)


def _leading(tokens: Phrase, areas: Areas) -> Body | None:
    """The body whose area comes first, whole, cut short or with one letter wrong."""
    found = areas.leading(tokens)
    return found[0] if found else areas.cut_short(tokens) or areas.nearest(tokens)


def _ending(tokens: Phrase, areas: Areas) -> Body | None:
    """The body with whose area the words end."""
    return next((b for at in range(len(tokens)) if (b := areas.find(tokens[at:]))), None)
