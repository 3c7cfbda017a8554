"""The only writer of bodies and decisions: one verb, one act, each on the record."""

from __future__ import annotations

from totalplace.decisions.actions.bodies import add_body, appoint, set_rules
from totalplace.decisions.actions.calling_in import answer_call_in, call_in, reconsider
from totalplace.decisions.actions.noticing import (
    agree_urgency,
    give_notice,
    use_general_exception,
    waive_call_in,
)
from totalplace.decisions.actions.proposing import (
    add_paper,
    advise,
    comment_on_finance,
    declare_interest,
    mark_paper,
    propose,
)
from totalplace.decisions.actions.taking import refuse, take, withdraw

__all__ = [
    "add_body",
    "add_paper",
    "advise",
    "agree_urgency",
    "answer_call_in",
    "appoint",
    "call_in",
    "comment_on_finance",
    "declare_interest",
    "give_notice",
    "mark_paper",
    "propose",
    "reconsider",
    "refuse",
    "set_rules",
    "take",
    "use_general_exception",
    "waive_call_in",
    "withdraw",
]
