"""Who publishes what in which form: one module for each kind of agency."""

from __future__ import annotations

from collections.abc import Iterator

from totalplace.example_place.payments import Books
from totalplace.example_place.plan import central, county, districts, health, more_districts, safety
from totalplace.example_place.publications import Publication


def publications(books: Books) -> Iterator[Publication]:
    """Every file of the place, one at a time, agency after agency."""
    yield from county.published(books)
    yield from districts.published(books)
    yield from more_districts.published(books)
    yield from health.published(books)
    yield from safety.published(books)
    yield from central.published(books)
