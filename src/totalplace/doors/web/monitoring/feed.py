"""The findings of a place for a feed reader: Atom (RFC 4287). Nobody has to sign in."""

from __future__ import annotations

from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from totalplace.doors.web.monitoring.answering.looking import the_place
from totalplace.monitoring.queries.findings import FindingRow, findings
from totalplace.monitoring.rules.findings import Sort

_MOST: Final = 100  # entries, the latest first


@require_safe
def atom(request: HttpRequest, place: str) -> HttpResponse:
    """What the watch found in a place, the latest first, each as it was told."""
    here = the_place(place)
    at = request.build_absolute_uri(f"/monitoring/{place}/findings/")
    feed = Atom1Feed(
        title=f"Findings in {here.name}",
        link=at,
        description="What got worse, better or changed, as far as it can be told from chance",
        language="en-gb",
        author_name="Total Place",
        feed_url=request.build_absolute_uri(),
        feed_guid=lasting_id(f"findings of {place}"),
    )
    for row in findings(place)[:_MOST]:
        feed.add_item(
            title=f"{_said(row)}: {row.title}, {row.area_name}",
            link=f"{at}{row.number}/",
            description=escape(" ".join(row.told.sentences)),
            unique_id=lasting_id(f"{row.citation} {row.digest}"),
            pubdate=row.on,
            updateddate=row.on,
            categories=_categories(row),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _said(row: FindingRow) -> str:
    """What it tells, in a word or few: of one that was revised away, that it was."""
    return (row.sort if row.sort is Sort.REVISED else row.sign).capitalize()


def _categories(row: FindingRow) -> list[str]:
    return [row.subject.value, row.sort.value, *(["protected"] if row.protected else [])]


def lasting_id(of: str) -> str:
    """The name of a feed or an entry for good, wherever it is read (RFC 4287, section 4.2.6)."""
    return uuid5(NAMESPACE_URL, f"totalplace:{of}").urn
