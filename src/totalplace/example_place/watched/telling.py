"""What came of the watch of the example place, in words."""

from __future__ import annotations

from totalplace.example_place.watched.course import Watched


def in_words(watched: Watched) -> str:
    """A few lines: how much is watched, whether what was planted was found, and who answered."""
    planted = f"{watched.slide.since:%B %Y}"
    if watched.slid is None:
        told = f"It did NOT find the slide that was planted from {planted} on."
    else:
        told = (
            f"A slide was planted from {planted} on; the watch says since "
            f"{watched.slid.since.said}: finding {watched.slid.citation.id}."
        )
    agreed = sum(bool(row.moves) for row in watched.answered)
    return (
        f"{watched.series} series are watched, and {len(watched.found)} findings stand on the "
        f"record. {told}\n"
        f"{len(watched.answered)} of them wait for an answer of both owners; of {agreed} the two "
        "have agreed a remedy: see /monitoring/ once it is served."
    )
