"""Whether a decision is a key decision, and why."""

from __future__ import annotations

from dataclasses import dataclass

from totalplace.decisions.rules.bodies import OwnRules, RuleSet
from totalplace.money.pence import pounds


@dataclass(frozen=True, slots=True)
class Facts:
    """What bears on it: the sum spent or saved, the wards affected, and what an officer said.

    What is not known is None, never nought.
    """

    amount_pence: int | None
    wards: int | None
    said: str = ""  # why it is significant all the same


def why_key(facts: Facts, own: OwnRules, law: RuleSet) -> list[str]:
    """The reasons for which a decision is key; none: it is not.

    SI 2012/2089 regulation 8(1), SI 2017/68 article 11(1): significant spending or saving, or a
    significant effect in two or more wards. What is not known is held to be significant, for the
    harm of a notice too many is smaller than that of one too few.
    """
    if not law.key_decisions:
        return []
    reasons = []
    least = own.key_from_pence
    if facts.amount_pence is None:
        reasons.append("the sum that it spends or saves is not known")
    elif facts.amount_pence and least is None:
        reasons.append("it spends or saves money, and the body has set no sum below which none is")
    elif least is not None and facts.amount_pence >= max(least, 1):
        sums = [pounds(pence).removesuffix(".00") for pence in (facts.amount_pence, least)]
        reasons.append(f"it spends or saves {sums[0]}, and {sums[1]} or more is significant")
    if law.wards_from is not None and facts.wards is None:
        reasons.append("how many wards it affects is not known")
    elif law.wards_from is not None and facts.wards is not None and facts.wards >= law.wards_from:
        reasons.append(f"it affects {facts.wards} wards or divisions")
    if facts.said.strip():
        reasons.append(facts.said.strip())
    return reasons
