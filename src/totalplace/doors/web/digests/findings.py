"""The weekly e-mail of findings: what it holds, the most serious first, and how it is ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.core.mail import EmailMessage

from totalplace.doors.web.digests.post_office import PostOffice
from totalplace.monitoring.queries.answering import Moved
from totalplace.monitoring.queries.findings import FindingRow
from totalplace.monitoring.rules.answering import DONE
from totalplace.monitoring.rules.answering_told import SIDES
from totalplace.monitoring.rules.findings import Sort
from totalplace.monitoring.rules.seen import Sign

_SALT: Final = "digests of findings"
_MOST: Final = 50  # findings in one e-mail; more are counted, with where they stand
_ORDER: Final = (
    Sign.WORSE, Sign.CHANGED, Sign.PERHAPS_WORSE, Sign.PERHAPS_CHANGED, Sign.BETTER,
    Sign.PERHAPS_BETTER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class News:
    """What somebody follows and has not been told of."""

    findings: tuple[FindingRow, ...]
    moves: tuple[Moved, ...]

    def __bool__(self) -> bool:
        return bool(self.findings or self.moves)


def news_for(
    places: Sequence[str], subjects: Sequence[str], findings: Iterable[FindingRow],
    moves: Iterable[Moved],
) -> News:  # fmt: skip
    """What is news of these places and kinds, the most serious first; none named means all."""

    def follows(place: str, subject: str) -> bool:
        return (not places or place in places) and (not subjects or subject in subjects)

    return News(
        tuple(worst_first(one for one in findings if follows(one.place, one.subject.value))),
        tuple(one for one in moves if follows(one.row.place, one.row.about.subject)),
    )


def worst_first(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Findings: certain falls of what is protected first, what was revised away last."""
    return sorted(rows, key=_seriousness)


def _seriousness(row: FindingRow) -> tuple[bool, int, bool, str, int]:
    order = _ORDER.index(row.sign) if row.sign in _ORDER else len(_ORDER)
    return row.sort is Sort.REVISED, order, not row.protected, row.place, -row.number


def leaving_token(code: str) -> str:
    """What a link to end this e-mail carries: whose, signed, and good for ever."""
    return signing.Signer(salt=_SALT).sign(code)


def officer_of_token(token: str) -> str | None:
    """Whose e-mail of findings a link ends; None where it was not signed by this service."""
    try:
        return str(signing.Signer(salt=_SALT).unsign(token))
    except signing.BadSignature:
        return None


def message(office: PostOffice, *, leave: str, to: str, news: News) -> EmailMessage:
    """The e-mail, in plain text, which one click on `leave` ends (RFC 2369 and RFC 8058)."""
    counted = _counted(news)
    lines = [f"{counted} in what you follow in Total Place, the most serious first.", ""]
    for row in news.findings[:_MOST]:
        lines += _finding(row, office.url)
    if len(news.findings) > _MOST:
        lines += [f"and {len(news.findings) - _MOST} more: {office.url}/monitoring/", ""]
    if news.moves:
        lines += ["Answers that moved", ""]
    for one in news.moves[:_MOST]:
        lines += _moved(one, office.url)
    lines += ["You asked for this e-mail, at most once a week. To get it no more:", leave, ""]
    return EmailMessage(
        subject=counted, body="\n".join(lines), from_email=office.sender, to=[to],
        headers={
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )  # fmt: skip


def _counted(news: News) -> str:
    parts = [_several(len(news.findings), "finding")] if news.findings else []
    parts += [_several(len({one.row.id for one in news.moves}), "answer that moved")] * bool(
        news.moves
    )
    return " and ".join(parts)


def _several(number: int, noun: str) -> str:
    plural = noun.replace("answer", "answers") if "answer" in noun else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"


def _finding(row: FindingRow, url: str) -> list[str]:
    said = row.sort.value if row.sort is Sort.REVISED else row.sign.value
    sign = f"{said[:1].upper()}{said[1:]}"
    protected = ", protected" if row.protected else ""
    told = [f"  {sentence}" for sentence in row.told.sentences[:4]]
    at = f"  {url}/monitoring/{row.place}/findings/{row.number}/"
    return [f"- {sign}: {row.title}, {row.area_name} ({row.place_name}{protected})", *told, at, ""]


def _moved(one: Moved, url: str) -> list[str]:
    row, step = one.row, one.move.step
    said = f"- {row.about.title}, {row.about.area_name}: {DONE[step.verb].lower()}, for "
    return [
        f"{said}{SIDES[step.side]}",
        f"  {url}/monitoring/{row.place}/answers/{row.number}/",
        "",
    ]
