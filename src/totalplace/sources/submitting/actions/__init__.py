"""The only writers of submissions: what officers do, and what is read, added and set aside."""

from totalplace.sources.submitting.actions.giving import (
    Giving,
    certify,
    correct,
    give,
    send_back,
    submit,
    withdraw,
)
from totalplace.sources.submitting.actions.taking_in import take_in
from totalplace.sources.submitting.actions.trying import forget, tried

__all__ = [
    "Giving",
    "certify",
    "correct",
    "forget",
    "give",
    "send_back",
    "submit",
    "take_in",
    "tried",
    "withdraw",
]
