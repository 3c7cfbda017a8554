"""Which act each verb is, of those that the one table of mandates allows or does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from totalplace.decisions.rules.moves import Verb
from totalplace.places.rules.mandates import Act, Officer, Who

ACTS: Final[Mapping[Verb, Act]] = {
    Verb.GIVE_NOTICE: Act.GIVE_NOTICE,
    Verb.USE_EXCEPTION: Act.GIVE_NOTICE,
    Verb.AGREE_URGENCY: Act.AGREE_URGENCY,
    Verb.WAIVE_CALL_IN: Act.AGREE_URGENCY,
    Verb.TAKE: Act.DECIDE,
    Verb.REFUSE: Act.DECIDE,
    Verb.WITHDRAW: Act.PROPOSE,
    Verb.CALL_IN: Act.CALL_IN,
    Verb.UPHOLD: Act.ANSWER_CALL_IN,
    Verb.REFER_BACK: Act.ANSWER_CALL_IN,
    Verb.REFER_TO_COUNCIL: Act.ANSWER_CALL_IN,
    Verb.CONFIRM: Act.DECIDE,
    Verb.RESCIND: Act.DECIDE,
}


def names_of(by: Who) -> list[str]:
    """The names under which somebody may be known in an office or as taking part."""
    if isinstance(by, Officer) and by.full_name:
        return [by.full_name, by.code]
    return [by.name]
