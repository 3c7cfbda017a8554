"""The one way in which rewriting a held copy ends without one."""

from __future__ import annotations


class Unsafe(Exception):
    """A copy cannot be rewritten so that nothing of the name is left; it says why, naming nobody.

    The copy is then removed wholly.
    """
