"""One text, two readings, with the sentences that ship: `terms_of(text)` and `text_of(terms)`."""

from __future__ import annotations

import hashlib

from totalplace.agreements.definitions.sentences import wording
from totalplace.agreements.rules import text as rules
from totalplace.agreements.rules.terms import Terms


def text_of(terms: Terms) -> str:
    """The text that says these terms. Raises Refused for terms that no set sentence can say."""
    return rules.text_of(terms, wording())


def terms_of(text: str) -> Terms:
    """The terms that a text in its set form says. Raises Refused, with the line, for any other."""
    return rules.terms_of(text, wording())


def tidied(text: str) -> str:
    """A text edited by hand, in its set form. Raises Refused, with the line, for what it is not."""
    return rules.tidied(text, wording())


def digest_of(text: str) -> str:
    """The digest that every signature of a text names: SHA-256 of its UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
