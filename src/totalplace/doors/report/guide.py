"""The page of a workbook that says how to fill it in."""

from __future__ import annotations


def guide(text: str) -> list[list[str]]:
    """The rows of it: a head and its words, from lines of "head | words" and those that go on."""
    found: list[list[str]] = []
    for line in text.strip().splitlines():
        head, stroke, words = line.partition(" | ")
        if stroke:
            found.append([head, words])
        else:
            found[-1][1] += f" {line}"
    return found
