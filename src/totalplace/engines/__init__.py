"""Engines answer a named question over held rows, and write rows that are held and never edited.

A question is a `.sql` file in the room that asks it; it filters, joins and adds whole numbers, so
that engines cannot disagree by rounding. Rates and roundings are rules, in Python.
"""

from totalplace.engines.duck import ask, question, write

__all__ = ["ask", "question", "write"]
