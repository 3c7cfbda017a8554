"""Where an agreement stands: one table of moves, read by guards, buttons and the diagram."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from totalplace.refusal import Refused


class Stage(StrEnum):
    """What has been done about an agreement."""

    DRAFT = "a draft"
    LAID_OPEN = "laid open"
    DECIDED = "decided"
    SIGNING = "being signed"
    IN_FORCE = "in force"
    VARIATION_PROPOSED = "in force, a variation proposed"
    VARIATION_AGREED = "in force, a variation agreed by both sides"
    VARIATION_DECIDED = "in force, a variation decided"
    VARIATION_SIGNING = "in force, a variation being signed"
    SUSPENDED = "suspended"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What is done to an agreement."""

    WRITE = "write the draft"
    LAY_OPEN = "lay open"
    REVISE = "revise"
    DECIDE = "take note that it is decided"
    OPEN_SIGNING = "open for signing"
    SIGN = "sign"
    COME_INTO_FORCE = "come into force"
    PROPOSE_VARIATION = "propose a variation"
    CONSENT = "consent to the variation"
    DROP_VARIATION = "drop the variation"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"
    WITHDRAW = "withdraw"


_S, _V = Stage, Verb
_VARYING: Final = (
    _S.VARIATION_PROPOSED, _S.VARIATION_AGREED, _S.VARIATION_DECIDED, _S.VARIATION_SIGNING,
)  # fmt: skip
# (stage, verb): the next stage.
MOVES: Final[Mapping[tuple[Stage, Verb], Stage]] = {
    (_S.DRAFT, _V.WRITE): _S.DRAFT,
    (_S.DRAFT, _V.LAY_OPEN): _S.LAID_OPEN,
    (_S.LAID_OPEN, _V.REVISE): _S.LAID_OPEN,
    (_S.LAID_OPEN, _V.DECIDE): _S.DECIDED,
    (_S.DECIDED, _V.OPEN_SIGNING): _S.SIGNING,
    (_S.SIGNING, _V.SIGN): _S.SIGNING,
    (_S.SIGNING, _V.COME_INTO_FORCE): _S.IN_FORCE,  # by the last signature
    (_S.IN_FORCE, _V.PROPOSE_VARIATION): _S.VARIATION_PROPOSED,
    (_S.VARIATION_PROPOSED, _V.CONSENT): _S.VARIATION_AGREED,  # by the other side
    (_S.VARIATION_AGREED, _V.DECIDE): _S.VARIATION_DECIDED,
    (_S.VARIATION_DECIDED, _V.OPEN_SIGNING): _S.VARIATION_SIGNING,
    (_S.VARIATION_SIGNING, _V.SIGN): _S.VARIATION_SIGNING,
    (_S.VARIATION_SIGNING, _V.COME_INTO_FORCE): _S.IN_FORCE,  # what was in force is varied
    **{(stage, _V.DROP_VARIATION): _S.IN_FORCE for stage in _VARYING},
    (_S.IN_FORCE, _V.SUSPEND): _S.SUSPENDED,  # by both sides
    (_S.SUSPENDED, _V.RESUME): _S.IN_FORCE,  # by both sides
    **{(stage, _V.END): _S.ENDED for stage in (_S.IN_FORCE, _S.SUSPENDED)},
    **{
        (stage, _V.WITHDRAW): _S.WITHDRAWN
        for stage in (_S.DRAFT, _S.LAID_OPEN, _S.DECIDED, _S.SIGNING)
    },
}
# What the table of moves keeps; a version and a signature each stand in a table of their own.
KEPT: Final = tuple(verb for verb in Verb if verb not in (_V.WRITE, _V.REVISE, _V.SIGN))
# What takes effect once both sides have said it.
BY_BOTH: Final = (_V.SUSPEND, _V.RESUME, _V.END)
HOLDS: Final = frozenset({_S.IN_FORCE, *_VARYING})
SIGNING: Final = frozenset({_S.SIGNING, _S.VARIATION_SIGNING})
# Kinds of body whose members decide; an officer alone binds nobody to an agreement.
MEMBERS: Final = (
    "full-council", "executive", "combined-authority", "mayor", "committee", "joint-committee",
    "board",
)  # fmt: skip
WORDS: Final[Mapping[Verb, str]] = {
    _V.WRITE: "Change the draft",
    _V.LAY_OPEN: "Lay it open",
    _V.REVISE: "Revise it",
    _V.DECIDE: "Enter the decision",
    _V.OPEN_SIGNING: "Open it for signing",
    _V.SIGN: "Sign it",
    _V.PROPOSE_VARIATION: "Propose a variation",
    _V.CONSENT: "Consent to the variation",
    _V.DROP_VARIATION: "Drop the variation",
    _V.SUSPEND: "Suspend it",
    _V.RESUME: "Resume it",
    _V.END: "End it",
    _V.WITHDRAW: "Withdraw it",
}
DONE: Final[Mapping[Verb, str]] = {
    _V.LAY_OPEN: "It was laid open",
    _V.DECIDE: "It was decided",
    _V.OPEN_SIGNING: "It was opened for signing",
    _V.COME_INTO_FORCE: "It came into force",
    _V.PROPOSE_VARIATION: "A variation was proposed",
    _V.CONSENT: "The other side consented to the variation",
    _V.DROP_VARIATION: "The variation was dropped",
    _V.SUSPEND: "It was suspended by both sides",
    _V.RESUME: "It was resumed by both sides",
    _V.END: "It ended",
    _V.WITHDRAW: "It was withdrawn",
}
COLOURS: Final[Mapping[Stage, str]] = {
    _S.DRAFT: "grey",
    _S.LAID_OPEN: "blue",
    _S.DECIDED: "turquoise",
    _S.SIGNING: "purple",
    _S.IN_FORCE: "green",
    **dict.fromkeys(_VARYING, "green"),
    _S.SUSPENDED: "orange",
    _S.ENDED: "grey",
    _S.WITHDRAWN: "grey",
}


def verbs(stage: Stage) -> list[Verb]:
    """What can be done to an agreement from where it stands, what leads on first."""
    return [verb for verb in WORDS if (stage, verb) in MOVES]


def after(stage: Stage, verb: Verb) -> Stage:
    """Where an agreement stands after a verb. Raises Refused for a move that there is not."""
    following = MOVES.get((stage, verb))
    if following is None:
        can = verbs(stage)
        raise Refused(
            f"This is not the time to {verb} this agreement"
            if verb not in (_V.DECIDE, _V.COME_INTO_FORCE)
            else "This is not the time for that",
            why=f"it is {stage}",
            next_step=f"From here one can {', or '.join(can)}" if can else "Draft a new agreement",
        )
    return following


def diagram() -> str:
    """The moves as a diagram in Mermaid, as the documentation shows it."""
    code = {stage: f"s{at}" for at, stage in enumerate(Stage)}
    lines = ["stateDiagram-v2", f"    [*] --> {code[_S.DRAFT]}"]
    lines += [f"    {code[stage]} : {stage}" for stage in Stage]
    lines += [f"    {code[a]} --> {code[b]} : {verb}" for (a, verb), b in MOVES.items()]
    lines += [f"    {code[stage]} --> [*]" for stage in (_S.ENDED, _S.WITHDRAWN)]
    return "\n".join(lines) + "\n"
