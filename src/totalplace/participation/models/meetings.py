"""Meetings of the partnership: agenda, papers, who was there, interests, minutes; only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.participation.models.hearings import PaperBytes
from totalplace.participation.models.partnership import (
    Partnership,
    SaidInPartnership,
    Seat,
    Sitting,
)
from totalplace.participation.rules.partnership.meetings import MOVES, Stage, Verb

_STAGES = [(one.value, one.value) for one in Stage]
_VERBS = [(one.value, one.value) for one in Verb]


class Meeting(SaidInPartnership):
    """A meeting that the partnership plans, with its day, hour and room."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(help_text="From 1 in its partnership, with no gap.")
    title = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    where = models.TextField(help_text="A room, or how to join.")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="meeting_has_its_number", fields=["partnership", "number"]
            ),
            models.CheckConstraint(
                name="meeting_is_somewhere", condition=~models.Q(title="") & ~models.Q(where="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingMinutes(SaidInPartnership):
    """A draft of the minutes; the last one is what a later meeting approves."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveIntegerField()
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="minutes_have_their_version", fields=["meeting", "version"]
            ),
            models.CheckConstraint(name="minutes_say_something", condition=~models.Q(words="")),
        ]

    def __str__(self) -> str:
        return f"minutes {self.version} of {self.meeting_id}"


class MeetingMove(SaidInPartnership):
    """One move of a meeting; what it was moved from must be where it stood."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=32, choices=_VERBS)
    before = models.CharField(max_length=32, choices=_STAGES)
    after = models.CharField(max_length=32, choices=_STAGES)
    reason = models.TextField(blank=True)
    chair = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    at_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="+",
        help_text="The later meeting that approved the minutes.",
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="meeting_move_has_its_turn", fields=["meeting", "turn"]),
            models.CheckConstraint(
                name="meeting_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=following.value)
                        for (before, verb), following in MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="meeting_has_a_chair_and_minutes_a_meeting",
                condition=(
                    models.Q(verb=Verb.OPEN.value, chair__isnull=False)
                    | (~models.Q(verb=Verb.OPEN.value) & models.Q(chair__isnull=True))
                )
                & (
                    models.Q(verb=Verb.APPROVE.value, at_meeting__isnull=False)
                    | (~models.Q(verb=Verb.APPROVE.value) & models.Q(at_meeting__isnull=True))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.verb}"


class AgendaItem(SaidInPartnership):
    """What a meeting is to talk about, and what that is about, as a citation."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    purpose = models.TextField()
    cites_kind = models.TextField(blank=True)
    cites_id = models.TextField(blank=True)
    late = models.TextField(blank=True, help_text="Why it was put on after the call.")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="item_has_its_number", fields=["meeting", "number"]),
            models.CheckConstraint(
                name="item_says_what_it_is",
                condition=~models.Q(title="") & ~models.Q(purpose=""),
            ),
            models.CheckConstraint(
                name="item_cites_a_whole_thing",
                condition=models.Q(cites_kind="", cites_id="")
                | (~models.Q(cites_kind="") & ~models.Q(cites_id="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingPaper(SaidInPartnership):
    """A paper of an agenda item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    media = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    held = models.ForeignKey(PaperBytes, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="meeting_paper_number", fields=["item", "number"]),
            models.CheckConstraint(name="meeting_paper_has_a_title", condition=~models.Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(SaidInPartnership):
    """That somebody came for a seat, or left."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    here = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.sitting_id} at {self.meeting_id}"


class MeetingInterest(SaidInPartnership):
    """An interest that a seat declared in an agenda item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="interests")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    nature = models.TextField()
    conflict = models.BooleanField(help_text="It takes no part in the item.")
    name = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="meeting_interest_is_somebodys",
                condition=~models.Q(nature="") & ~models.Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} in {self.item_id}"
