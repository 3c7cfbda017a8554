"""Words of a published file on their way out, to a program that may take them for a formula.

A cell of text that begins with `=` is a formula to a spreadsheet that opens a CSV file, whoever
wrote it; OWASP, "CSV Injection". Coming in, such words are only words and are kept as they are.
A workbook (XLSX) needs none of this: its text is written as text (`write_string`), and never with
a writer that guesses formulas.
"""

from __future__ import annotations

import re
from typing import Final

# What a spreadsheet takes for the beginning of a formula; a tab or a line break may hide one.
# The wide forms are what East Asian editions take for the same.
_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# A sum of money or a number: a sign, digits with their thousands, pence, and no more.
_NUMBER: Final = re.compile(
    r"[+-] ?£? ?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)"
)


def safe_text(value: str) -> str:
    """Text for a cell of a CSV file that no spreadsheet will take for a formula.

    Text that would be one gets an apostrophe before it, as a person would type it; a plain number
    such as "-12.50" or "-£1,200" is left alone. Text that is safe, or was made safe, is unchanged.
    """
    if not value.lstrip(" \xa0").startswith(_BEGINNINGS) or _NUMBER.fullmatch(value.strip(" ")):
        return value
    return f"'{value}"
