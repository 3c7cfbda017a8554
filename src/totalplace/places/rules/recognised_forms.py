"""Public bodies, schools and companies that are told by the form of their name.

A department is of something ("Department for Transport"); a drainage board, a national park and a
pension fund are called what they are; an address that ends in gov.uk is a public body's.
"""

from __future__ import annotations

from typing import Final

from totalplace.places.rules.recognised_councils import owned_or_none
from totalplace.places.rules.recognised_index import Names
from totalplace.places.rules.recognised_kinds import (
    Body,
    BodyKind,
    Phrase,
    Recognised,
)
from totalplace.places.rules.recognised_words import Forms, holds, where

_DEPARTMENT: Final = frozenset(["department", "ministry", "secretary", "minister"])
_AUTHORITIES: Final = Forms(
    [
        ("internal", "drainage", "board"),
        ("internal", "drainage"),
        ("drainage", "board"),
        ("drainage", "boards"),
        ("drainage", "commissioners"),
        ("national", "park", "authority"),
        ("waste", "disposal", "authority"),
        ("waste", "authority"),
        ("passenger", "transport", "executive"),
        ("passenger", "transport", "authority"),
        ("integrated", "transport", "authority"),
        ("port", "health", "authority"),
        ("sea", "fisheries", "committee"),
        ("inshore", "fisheries", "and", "conservation", "authority"),
        ("inshore", "fisheries", "conservation", "authority"),
        ("regional", "assembly"),
        ("probation", "trust"),
        ("probation", "board"),
        ("probation", "service"),
        ("joint", "committee"),
        ("joint", "crematorium", "committee"),
        ("joint", "cremation", "committee"),
        ("joint", "burial", "committee"),
        ("burial", "board"),
        ("valuation", "joint", "board"),
        ("corporate", "joint", "committee"),
        ("coroners", "committee"),
    ]
)
# With these even a company is a school: academy trusts are limited by guarantee.
_TAUGHT: Final = frozenset(["academies", "academy", "college", "school", "schools", "university"])
_PENSIONS: Final = Forms([("pension", "fund"), ("pensions", "fund"), ("superannuation", "fund")])


def combined(tokens: Phrase, known: Names) -> Recognised | None:
    """A combined authority, by its area."""
    if "combined" not in tokens:
        return None
    at = tokens.index("combined")
    if "authority" not in tokens[at + 1 : at + 3]:
        return None
    left = tuple([t for t in tokens[:at] if t not in {"mayoral", "the"} | known.words.before])
    body = known.local.combined.find(left) or known.local.combined.nearest(left)
    if body:
        return body.recognised()
    if not left:
        return None
    name = " ".join([*left, "combined authority"])
    why = "called a combined authority; not in the register"
    kind = BodyKind.COMBINED_AUTHORITY
    return Recognised(kind, name.title(), name, public=True, why=why, sure=False)


def local(tokens: Phrase, known: Names) -> Recognised | None:
    """A pension fund of councils, a national park, or an authority for one purpose."""
    if not known.words.companies.isdisjoint(tokens):
        return None
    if "pension" in tokens or "pensions" in tokens or "superannuation" in tokens:
        return _pension_fund(tokens, known)
    if found := _national_park(tokens, known):
        return found
    form = _AUTHORITIES.held(tokens)
    at = where(tokens, form) if form else None
    if form is None or not at or not known.words.others.isdisjoint(tokens):
        return None
    left = [t for t in tokens[:at] if t not in known.words.before]
    name = " ".join([*left, *form])
    why = f"called a {' '.join(form)}"
    return Recognised(BodyKind.LOCAL_BODY, name.title(), name, public=True, why=why)


def _national_park(tokens: Phrase, known: Names) -> Recognised | None:
    if not holds(tokens, ("national", "park")) and tokens[-1] != "npa":
        return None
    if not known.words.others.isdisjoint(tokens):
        return None
    area = tuple([t for t in tokens if t not in {"authority", "national", "npa", "park"}])
    body = next(
        (b for i in range(len(area)) if (b := known.local.national_parks.find(area[i:]))), None
    )
    return body.recognised() if body else None


def department(lean: Phrase, known: Names) -> Recognised | None:
    """A department or ministry by what it is of, where its name is not in the list."""
    if lean[0] == "hm" and len(lean) > 1:
        lean = lean[1:]
        if found := known.phrases.leading(lean):
            return found[0].recognised()
    if lean[0] not in _DEPARTMENT or not known.words.others.isdisjoint(lean):
        return None
    rest = lean[2:] if lean[1:2] == ("state",) else lean[1:]
    if (rest and rest[0] not in known.subjects) or (not rest and lean[1:2] != ("state",)):
        return None
    name = " ".join(lean)
    why = "called a department or ministry, and of something that departments are for"
    return Recognised(BodyKind.DEPARTMENT, name.title(), name, public=True, why=why, sure=False)


def address(tokens: Phrase, known: Names) -> Recognised | None:
    """A public body by its address: "www.burnley.gov.uk"."""
    if "gov" not in tokens:
        return None
    at = tokens.index("gov")
    if at + 1 < len(tokens) and tokens[at + 1] != "uk":
        return None
    named = tuple([t for t in tokens[:at] if t not in {"www", "http", "https"}])
    if not named:
        if tokens[at : at + 2] != ("gov", "uk"):
            return None
        why = "the address of the government"
        return Recognised(BodyKind.AGENCY, "HM Government", "hm government", public=True, why=why)
    if body := known.councils.find(named[-1:]) or known.councils.find(named):
        return body.recognised(why=f"the address of {body.name}")
    if (found := known.phrases.only(named[-1:], frozenset())) and found.public:
        return found.recognised(why=f"the address of {found.name}")
    if tokens[at : at + 2] != ("gov", "uk") or found:
        return None
    name = f"{named[-1]}.gov.uk"
    why = "an address that only public bodies are given"
    return Recognised(BodyKind.AGENCY, name, name, public=True, why=why, sure=False)


def education(tokens: Phrase, known: Names) -> Recognised | None:
    """A school, college or university: told apart, and no public body in this count."""
    if known.not_education.held(tokens) or "hospitals" in tokens or "hospital" in tokens:
        return None
    held = [kind for kind, forms in known.education.items() if forms.held(tokens)]
    if not held or not (known.words.companies.isdisjoint(tokens) or _TAUGHT.intersection(tokens)):
        return None
    kind = BodyKind.UNIVERSITY if BodyKind.UNIVERSITY in held else held[0]
    name = " ".join(tokens)
    why = f"called a {kind}; schools, colleges and universities are not counted as public bodies"
    return Recognised(kind, name.title(), "", public=False, why=why)


def _pension_fund(tokens: Phrase, known: Names) -> Recognised | None:
    """A pension fund of the local government scheme: part of the council that administers it."""
    form = _PENSIONS.held(tokens)
    at = where(tokens, form) if form else None
    if at is None:
        return None
    left = tuple([t for t in tokens[:at] if t not in known.words.before | {"county", "council"}])
    body = known.local.pension_funds.find(left) or _county(left, known)
    if body is None:
        return None
    why = f"the pension fund that {body.name} administers"
    return owned_or_none(body.recognised(why=why), tokens[at + 2 :], known.words)


def _county(left: Phrase, known: Names) -> Body | None:
    found = known.councils.of(left, ["county"])
    return found.body if found else None
