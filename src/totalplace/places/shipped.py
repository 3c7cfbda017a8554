"""The register that is there out of the box: districts and counties of April 2021, from a package.

It is the lookup of lower to upper tier local authorities in England and Wales of the Office for
National Statistics. Its codes are those of April 2021: later reorganisations come with newer files.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, cast

from totalplace.places.definitions import register as definitions
from totalplace.places.rules.register.facts import Facts, Source
from totalplace.places.rules.register.lines import read
from totalplace.places.rules.register.recipes import places_of

NUMBER: Final = 0
_RECIPE: Final = "districts_and_upper_tier"
_YEAR: Final = 2021


@cache
def facts() -> Facts:
    """What the shipped register says, as the source of number 0."""
    import qlacref_authorities  # type: ignore[import-untyped]

    records = cast("list[Mapping[str, str]]", qlacref_authorities.records)
    recipe = definitions.recipes()[_RECIPE]
    header = list(records[0])
    places = places_of(recipe, header)
    assert places is not None, "the shipped register has other columns than it had"  # noqa: S101
    rows = [(number, list(line.values())) for number, line in enumerate(records, start=1)]
    found = read(
        recipe, places, rows, source=NUMBER, year=_YEAR, known=definitions.known()
    )  # fmt: skip
    source = Source(NUMBER, _RECIPE, f"{recipe.title}, April 2021", recipe.publisher, "", _YEAR)
    return Facts(sources=(source,)) + found.facts()
