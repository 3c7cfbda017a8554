"""The models of devolution, read once. Unknown and missing keys are refused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final, TypeVar

from totalplace.agreements.rules.devolution import (
    About,
    Addition,
    Between,
    CarryForward,
    Clause,
    Model,
    Movement,
    Power,
    Savings,
    SetBy,
    Side,
    Targets,
    Theme,
    YearEnd,
)
from totalplace.entitlements.rules.written import Spot, written
from totalplace.readiness.definitions.reading import fact_rules
from totalplace.readiness.rules.scale import Area, Level
from totalplace.refusal import Refused

# The order in which they are shown: the model of the mission first, its contrast second.
CODES: Final = (
    "block-grant", "designated-targets", "integrated-settlement", "single-offer", "section-75",
    "thematic",
)  # fmt: skip
_KEYS: Final = {
    "code", "title", "plain", "why", "owner", "as_of", "review_by", "sources", "uncertain",
    "targets", "may_add", "most_entitlements", "themes", "movement", "capital_to_revenue",
    "savings", "year_end", "review", "conditions", "clauses", "section_75", "powers",
    "eligibility", "signing_needs",
}  # fmt: skip
_MOST_PER_CENT: Final = 100
Word = TypeVar("Word", bound=StrEnum)


@cache
def models() -> Mapping[str, Model]:
    """Every model of devolution that ships, by its code, the mission's first."""
    return {code: read_model(_text(code), code) for code in CODES}


def model(code: str) -> Model:
    """The model of a code. Raises Refused where there is none."""
    if code not in CODES:
        raise Refused(
            f"There is no model of devolution called '{code}'",
            why=f"the models are {', '.join(CODES)}",
            next_step="Choose one of them",
        )
    return models()[code]


def read_model(text: str, code: str) -> Model:
    """A model from its text. Raises Refused, with the line, for what it cannot say."""
    spot = written(text, what=f"The model of devolution '{code}'")
    spot.only(_KEYS)
    if spot.text("code") != code:
        raise spot.at("code").refused(f"its file is called {code}")
    review = spot.at("review")
    review.only({"months", "says"})
    return Model(
        code=code,
        title=spot.text("title"),
        plain=spot.text("plain"),
        about=_about(spot),
        targets=_targets(spot.at("targets")),
        may_add=_may_add(spot.at("may_add")),
        most_entitlements=_whole_or_none(spot, "most_entitlements"),
        themes=_themes(spot),
        movement=_movement(spot.at("movement")),
        capital_to_revenue=spot.yes("capital_to_revenue"),
        savings=_savings(spot.at("savings")),
        year_end=_year_end(spot.at("year_end")),
        review_months=_whole_or_none(review, "months"),
        review_says=review.text("says"),
        conditions=_texts(spot, "conditions"),
        clauses=frozenset(_words(spot, "clauses", Clause)),
        section_75=spot.yes("section_75"),
        powers=_powers(spot),
        eligibility=_eligibility(spot),
        signing_needs=_needs(spot.at("signing_needs")),
    )


def _about(spot: Spot) -> About:
    return About(
        why=spot.text("why"),
        owner=spot.text("owner"),
        as_of=spot.day("as_of"),
        review_by=spot.day("review_by"),
        sources=_texts(spot, "sources"),
        uncertain=spot.words("uncertain"),
    )


def _targets(spot: Spot) -> Targets:
    spot.only({"set_by", "most_designated", "says"})
    most = _whole_or_none(spot, "most_designated")
    return Targets(spot.one_of("set_by", SetBy), most, spot.text("says"))


def _may_add(spot: Spot) -> dict[Side, frozenset[Addition]]:
    spot.only({side.value for side in Side})
    return {side: frozenset(_words(spot, side.value, Addition)) for side in Side}


def _themes(spot: Spot) -> tuple[Theme, ...]:
    themes = spot.at("themes")
    return tuple(Theme(code, themes.text(code)) for code, _ in themes.items())


def _movement(spot: Spot) -> Movement:
    spot.only({"between", "per_cent", "natures_apart", "says"})
    return Movement(
        spot.one_of("between", Between), _per_cent(spot, "per_cent"), spot.yes("natures_apart"),
        spot.text("says"),
    )  # fmt: skip


def _savings(spot: Spot) -> Savings:
    spot.only({"kept_per_cent", "says"})
    return Savings(_per_cent(spot, "kept_per_cent"), spot.text("says"))


def _year_end(spot: Spot) -> YearEnd:
    spot.only({"carry_forward", "per_cent", "says"})
    kept = spot.one_of("carry_forward", CarryForward)
    per_cent = _per_cent(spot, "per_cent")
    if (kept is CarryForward.PART) != (per_cent is not None):
        raise spot.at("per_cent").refused(
            "per cent belong here where a part is kept, and only then"
        )
    return YearEnd(kept, per_cent, spot.text("says"))


def _powers(spot: Spot) -> tuple[Power, ...]:
    found = []
    for code, power in spot.at("powers").items():
        power.only({"title", "needs"})
        found.append(Power(code, power.text("title"), _needs(power.at("needs"))))
    return tuple(found)


def _eligibility(spot: Spot) -> tuple[str, ...]:
    codes = _texts(spot, "eligibility")
    for code in codes:
        if code not in fact_rules():
            known = ", ".join(fact_rules())
            raise spot.at("eligibility").refused(f"'{code}' is none of {known}")
    return codes


def _needs(spot: Spot) -> dict[Area, Level]:
    needs: dict[Area, Level] = {}
    known = {area.value for area in Area}
    for area, said in spot.items():
        if area not in known:
            raise said.refused(f"'{area}' is none of {', '.join(sorted(known))}")
        needs[Area(area)] = spot.one_of(area, Level)
    return needs


def _words(spot: Spot, key: str, kinds: type[Word]) -> list[Word]:
    below = spot.at(key)
    if below.value is None:
        return []
    known = {one.value: one for one in kinds}
    for one in below.each():
        if one.value not in known:
            raise one.refused(f"'{one.value}' is none of {', '.join(known)}")
    return [known[one] for one in below.value]


def _texts(spot: Spot, key: str) -> tuple[str, ...]:
    below = spot.at(key)
    if below.value is None:
        return ()
    for one in below.each():
        if not isinstance(one.value, str) or not one.value.strip():
            raise one.refused("words belong here")
    return tuple(one.strip() for one in below.value)


def _whole_or_none(spot: Spot, key: str) -> int | None:
    if spot.at(key).value is None:
        return None
    found = spot.whole(key)
    if found < 0:
        raise spot.at(key).refused("it cannot be less than none")
    return found


def _per_cent(spot: Spot, key: str) -> int | None:
    found = _whole_or_none(spot, key)
    if found is not None and found > _MOST_PER_CENT:
        raise spot.at(key).refused("it cannot be more than a hundred")
    return found


def _text(code: str) -> str:
    return resources.files(__package__).joinpath(f"models/{code}.yaml").read_text(encoding="utf-8")
