"""A partnership as open data by the Popolo specification: who sits, what was moved, who voted how.

popoloproject.com/specs: Organization, Person, Post, Membership, Event, Motion, VoteEvent, Vote and
Count. Where a partnership keeps its membership private, seats, people and single votes are left
out; its motions, results and counts stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from totalplace.participation.queries import partnership as queries
from totalplace.participation.queries.partnership import PartnershipRow
from totalplace.participation.rules.partnership.meetings import Stage
from totalplace.participation.rules.partnership.members import Seat, Sitting
from totalplace.participation.rules.partnership.motions import Verb
from totalplace.participation.rules.partnership.seen import Meeting, Motion
from totalplace.participation.rules.partnership.votes import Side, tally

_OPTIONS: Final = {Side.FOR: "yes", Side.AGAINST: "no", Side.ABSTAIN: "abstain"}


def popolo_of(place: str, *, on: date, root: str = "/") -> dict[str, Any]:
    """The partnership of a place with all that it did in public, as plain lists of objects.

    `root` is the address of the service, by which sources are given. Raises Refused where there is
    no such partnership.
    """
    row = queries.partnership(place)
    public = row.rules_on(on).members_public
    meetings = [one for one in queries.meetings(place) if one.stage is not Stage.PLANNED]
    moved = [(meeting, motion) for meeting in meetings for motion in meeting.motions]
    return {
        "organizations": [_organization(row, root), *(_bodies(row) if public else ())],
        "persons": list(_persons(row)) if public else [],
        "posts": list(_posts(row)) if public else [],
        "memberships": list(_memberships(row)) if public else [],
        "events": [_event(row, meeting, root) for meeting in meetings],
        "motions": [_motion(row, meeting, motion, root, public) for meeting, motion in moved],
    }


def _organization(row: PartnershipRow, root: str) -> dict[str, Any]:
    return {
        "id": _id(row), "name": row.name, "classification": "partnership",
        "abstract": row.purpose, "founding_date": row.on.date().isoformat(),
        "links": [{"url": f"{root}participation/partnership/{row.place}/"}],
    }  # fmt: skip


def _bodies(row: PartnershipRow) -> Iterator[dict[str, Any]]:
    """The organisation whose seat each is, by the seat: only an agency is known by a code."""
    for seat in row.seats:
        yield {
            "id": _seat_id(row, seat), "name": seat.name, "classification": seat.sector.value,
            "identifiers": [{"identifier": seat.agency, "scheme": "total-place-agency"}]
            if seat.agency else [],
        }  # fmt: skip


def _persons(row: PartnershipRow) -> Iterator[dict[str, Any]]:
    for seat in row.seats:
        for one in seat.sittings:
            yield {"id": _person_id(row, one), "name": one.name}


def _posts(row: PartnershipRow) -> Iterator[dict[str, Any]]:
    for seat in row.seats:
        yield {
            "id": f"{_seat_id(row, seat)}/post", "label": f"{seat.name}, {seat.standing}",
            "role": seat.standing.value, "organization_id": _id(row), **_term(seat),
        }  # fmt: skip


def _memberships(row: PartnershipRow) -> Iterator[dict[str, Any]]:
    for seat in row.seats:
        for one in seat.sittings:
            yield {
                "id": f"{_person_id(row, one)}/membership",
                "person_id": _person_id(row, one),
                "organization_id": _id(row),
                "post_id": f"{_seat_id(row, seat)}/post",
                "on_behalf_of_id": _seat_id(row, seat),
                "role": "deputy" if one.deputy else "member",
                **_term(one),
            }


def _term(of: Seat | Sitting) -> dict[str, str]:
    ends = {"end_date": of.last_day.isoformat()} if of.last_day else {}
    return {"start_date": of.first_day.isoformat(), **ends}


def _event(row: PartnershipRow, meeting: Meeting, root: str) -> dict[str, Any]:
    return {
        "id": str(meeting.citation), "name": meeting.title, "classification": "meeting",
        "organization_id": _id(row), "start_date": meeting.starts_at.isoformat(),
        "location": meeting.where, "status": meeting.stage.value,
        "sources": [{"url": f"{root}participation/partnership/{row.place}/meetings/"
                            f"{meeting.number}/"}],
    }  # fmt: skip


def _motion(
    row: PartnershipRow, meeting: Meeting, motion: Motion, root: str, public: bool
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": _motion_id(row, motion), "organization_id": _id(row),
        "legislative_session_id": str(meeting.citation), "text": motion.text,
        "classification": "amendment" if motion.amends else motion.kind.value,
        "date": motion.on.isoformat(),
        "requirement": f"{meeting.rules.majority} of the votes cast",
        "result": motion.stage.value,
        "sources": [{"url": f"{root}participation/partnership/{row.place}/motions/"
                            f"{motion.number}/"}],
        "vote_events": list(_vote_events(row, meeting, motion, public)),
    }  # fmt: skip
    if public:
        made["creator_id"] = _seat_id(row, meeting.seat(motion.moved_by))
    return made


def _vote_events(
    row: PartnershipRow, meeting: Meeting, motion: Motion, public: bool
) -> Iterator[dict[str, Any]]:
    begun = next((one.on for one in motion.steps if one.verb is Verb.PUT), None)
    ended = next((one for one in motion.steps if one.counted is not None), None)
    if begun is None:
        return
    counted = tally(motion.votes)
    event = f"{_motion_id(row, motion)}/vote"
    yield {
        "id": event, "identifier": f"{row.place}/{motion.number}", "organization_id": _id(row),
        "motion_id": _motion_id(row, motion), "legislative_session_id": str(meeting.citation),
        "start_date": begun.isoformat(),
        "end_date": ended.on.isoformat() if ended else None,
        "result": {"carried": "pass", "lost": "fail"}.get(motion.stage.value) if ended else None,
        "counts": [
            {"option": "yes", "value": counted.for_}, {"option": "no", "value": counted.against},
            {"option": "abstain", "value": counted.abstained},
        ],
        "votes": [
            {
                "vote_event_id": event, "voter_id": _seat_id(row, meeting.seat(one.seat)),
                "option": _OPTIONS[one.side], "weight": one.weight,
            }
            for one in motion.votes
        ] if public else [],
    }  # fmt: skip


def _id(row: PartnershipRow) -> str:
    return str(row.citation)


def _seat_id(row: PartnershipRow, seat: Seat) -> str:
    return f"{_id(row)}/seat/{seat.number}"


def _person_id(row: PartnershipRow, one: Sitting) -> str:
    return f"{_id(row)}/person/{one.number}"


def _motion_id(row: PartnershipRow, motion: Motion) -> str:
    return f"motion {row.place}/{motion.number}"
