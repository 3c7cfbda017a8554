"""What a model of devolution says, in rows of words, so that models can stand side by side."""

from __future__ import annotations

from collections.abc import Mapping

from totalplace.agreements.rules.devolution import Clause, Model, Side
from totalplace.readiness.rules.scale import TITLES, Area, Scores


def rows(model: Model, facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each thing that a model settles, and how; the same things in the same order for every one.

    `facts` are the titles of the facts of eligibility, by code.
    """
    most = model.targets.most_designated
    return [
        ("Who sets targets", f"{model.targets.set_by.capitalize()}. {model.targets.says}"),
        ("Targets that the centre may designate", "No limit" if most is None else str(most)),
        ("What the place may add to an offer", _listed(model, Side.PLACE)),
        ("What the centre may add to an offer", _listed(model, Side.CENTRE)),
        (
            "National entitlements",
            "Not said"
            if model.most_entitlements is None
            else f"Few: {model.most_entitlements} at most, or an offer is warned of",
        ),
        ("Themes", ", ".join(theme.title for theme in model.themes) or "None"),
        ("What may be moved", model.movement.says),
        ("Capital to revenue", "Allowed" if model.capital_to_revenue else "Never"),
        ("Savings", model.savings.says),
        ("At the end of a year", model.year_end.says),
        ("Review", model.review_says),
        ("Conditions", "; ".join(model.conditions) or "None"),
        ("Clauses it needs", ", ".join(clause for clause in Clause if clause in model.clauses)),
        ("Section 75 checklist", "Applies" if model.section_75 else "Does not apply"),
        (
            "Facts that signing needs",
            "; ".join(facts[code] for code in model.eligibility) or "None",
        ),
        ("Readiness that signing needs", levels_told(model.signing_needs) or "None"),
    ]


def levels_told(needs: Scores) -> str:
    """Levels in words, in the order of the areas."""
    return "; ".join(f"{TITLES[area]}: {needs[area]}" for area in Area if area in needs)


def _listed(model: Model, side: Side) -> str:
    return ", ".join(sorted(f"{one}s" if one[-1] != "y" else one for one in model.may_add[side]))
