"""A decision's standing in sentences: what it means on a day, what was done, what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.moves import Mover, Stage, Verb
from totalplace.decisions.rules.standing import Effect, Standing

_DAY: Final = timedelta(days=1)

# What was done, as it stands in a list of what happened.
DONE: Final[Mapping[Verb, str]] = {
    Verb.GIVE_NOTICE: "Notice was given",
    Verb.USE_EXCEPTION: "Shorter notice was given, under the general exception",
    Verb.AGREE_URGENCY: "It was agreed to be urgent",
    Verb.WAIVE_CALL_IN: "It was agreed that it cannot wait for a call-in",
    Verb.TAKE: "It was taken",
    Verb.REFUSE: "It was refused",
    Verb.WITHDRAW: "It was withdrawn",
    Verb.CALL_IN: "It was called in",
    Verb.UPHOLD: "It was upheld",
    Verb.REFER_BACK: "It was referred back",
    Verb.REFER_TO_COUNCIL: "It was referred to the full council",
    Verb.CONFIRM: "It was confirmed",
    Verb.RESCIND: "It was rescinded",
}
# What can be done, as it stands on a button.
DOING: Final[Mapping[Verb, str]] = {
    Verb.GIVE_NOTICE: "Give notice",
    Verb.USE_EXCEPTION: "Use the general exception",
    Verb.AGREE_URGENCY: "Agree that it is urgent",
    Verb.WAIVE_CALL_IN: "Agree to waive the call-in",
    Verb.TAKE: "Take the decision",
    Verb.REFUSE: "Refuse it",
    Verb.WITHDRAW: "Withdraw it",
    Verb.CALL_IN: "Call it in",
    Verb.UPHOLD: "Uphold it",
    Verb.REFER_BACK: "Refer it back",
    Verb.REFER_TO_COUNCIL: "Refer it to the full council",
    Verb.CONFIRM: "Confirm it",
    Verb.RESCIND: "Rescind it",
}
# Who took part in a move, as a head over their names.
WHO: Final[Mapping[Verb, str]] = {
    Verb.USE_EXCEPTION: "Informed",
    Verb.AGREE_URGENCY: "Agreed by",
    Verb.WAIVE_CALL_IN: "Agreed by",
    Verb.CALL_IN: "Called in by",
}
# Whose move it is, where a decision waits for them.
WAITS: Final[Mapping[Mover, str]] = {
    Mover.PROPOSER: "whoever proposed it",
    Mover.CLERK: "notice to be given",
    Mover.SCRUTINY_CHAIR: "the chair of scrutiny",
    Mover.BODY: "the body to decide",
    Mover.MEMBERS: "nobody, unless members call it in",
    Mover.SCRUTINY: "scrutiny to answer the call-in",
    Mover.COUNCIL: "the full council",
}


def meaning(stands: Standing, *, planned_on: date, key: bool) -> str:
    """What a standing means for somebody who reads it on that day, in a sentence or two."""
    if stands.effect is Effect.NEVER:
        return _never(stands)
    if stands.effect is Effect.IN_EFFECT:
        since = f" since {in_words(stands.day)}" if stands.day else ""
        return f"It has been taken and has been in effect{since}."
    match stands.stage:
        case Stage.PROPOSED if key:
            return "It cannot be taken yet: it is a key decision and notice of it must be given."
        case Stage.UNDER_NOTICE if stands.day is not None:
            return (
                f"It cannot be taken before {in_words(stands.day)}, so that anybody can be heard."
            )
        case Stage.TAKEN if stands.day is not None:
            after = in_words(stands.day + _DAY)
            return (
                f"It has no effect yet. Members may call it in until the end of "
                f"{in_words(stands.day)}; if they do not, it takes effect on {after}."
            )
        case Stage.CALLED_IN:
            until = f", or until the end of {in_words(stands.day)}" if stands.day else ""
            return f"It has no effect until scrutiny has answered the call-in{until}."
        case Stage.REFERRED_BACK:
            return "It has no effect until the body has confirmed it."
        case Stage.BEFORE_COUNCIL:
            return "It has no effect until the full council has looked at it."
        case _:
            return f"It may be taken. It is planned for {in_words(planned_on)}."


def _never(stands: Standing) -> str:
    if stands.day is None:
        return f"It has no effect: {stands.words.removeprefix('of no effect: ')}."
    return f"It was {stands.stage} on {in_words(stands.day)} and has no effect."


def colour(stands: Standing) -> str:
    """The colour of a standing's tag; its words say the same to who cannot see it."""
    if stands.effect is Effect.IN_EFFECT:
        return "green"
    if stands.effect is Effect.NEVER:
        return "grey" if stands.day else "red"
    by_stage = {Stage.TAKEN: "yellow", Stage.PROPOSED: "blue", Stage.UNDER_NOTICE: "teal",
                Stage.URGENT: "purple"}  # fmt: skip
    return by_stage.get(stands.stage, "orange")
