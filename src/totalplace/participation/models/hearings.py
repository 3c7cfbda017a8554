"""Hearings, what stands in them and who said what: only added to.

Papers are kept in the records and not beside them, so that the database itself can hold each to its
hash, and no file on a disk can be swapped for another.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from totalplace.participation.rules.drafts import SECTIONS
from totalplace.participation.rules.hearings import MOVES, Part, Stage, Verb
from totalplace.participation.rules.replies import PointKind, Stance

_PARTS: Final = [(part.value, part.value) for part in Part]
_STANCES: Final = [(stance.value, stance.value) for stance in Stance]
_KINDS: Final = [(kind.value, kind.value) for kind in PointKind]
_VERBS: Final = [(verb.value, verb.value) for verb in Verb]
_STAGES: Final = [(stage.value, stage.value) for stage in Stage if stage is not Stage.CLOSED]
_SECTIONS: Final = [(name, name) for name in SECTIONS]


def _held(stage: Stage) -> str:
    """A stage as the records hold it: that it is closed is said by the day alone."""
    return Stage.OPEN.value if stage is Stage.CLOSED else stage.value


class Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class SaidOnDay(Said):
    """What somebody said, with the day in England on which it was: the database compares them."""

    day = models.DateField(help_text="In England; the day of `on`.")

    class Meta:
        abstract = True


class Hearing(Said):
    """All that is asked and said about one proposal, which is known here only by its citation."""

    number = models.PositiveIntegerField(unique=True, help_text="From 1, with no gap.")
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(
        "places.Agency", on_delete=models.PROTECT, related_name="+",
        help_text="The accountable body: it prepares, answers and concludes.",
    )  # fmt: skip
    about_kind = models.TextField()
    about_id = models.TextField()

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["about_kind", "about_id"], name="hearing_about")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="hearing_is_about_something",
                condition=~models.Q(about_kind="") & ~models.Q(about_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"hearing {self.number}"


class HearingSection(Said):
    """A section of a draft as it was saved; the last one counts."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="sections")
    name = models.CharField(max_length=32, choices=_SECTIONS)
    said = models.JSONField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.hearing_id}: {self.name}"


class PaperBytes(Said):
    """The bytes of a paper, under their hash; the same bytes are kept once."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256


class HearingMove(SaidOnDay):
    """One move of a hearing; what it was moved from must be where it stood."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=16, choices=_VERBS)
    before = models.CharField(max_length=16, choices=_STAGES)
    after = models.CharField(max_length=16, choices=_STAGES)
    reason = models.TextField()
    first_day = models.DateField(null=True, help_text="Of an opening.")
    last_day = models.DateField(null=True, help_text="Of an opening, or to which it moves on.")
    asks_public = models.BooleanField(null=True, help_text="Of an opening.")
    asks_partnership = models.BooleanField(null=True, help_text="Of an opening.")
    frozen = models.TextField(blank=True, help_text="Of an opening: all that is asked, as JSON.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what is frozen.")

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="hearing_move_has_its_turn", fields=["hearing", "turn"]),
            models.CheckConstraint(
                name="hearing_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=_held(before), verb=verb.value, after=_held(following))
                        for (before, verb), following in MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="hearing_move_has_a_reason", condition=~models.Q(reason="")
            ),
            models.CheckConstraint(
                name="hearing_opening_is_whole",
                condition=(
                    models.Q(
                        verb=Verb.OPEN.value, first_day__isnull=False, last_day__isnull=False,
                        asks_public__isnull=False, asks_partnership__isnull=False,
                        first_day__lte=models.F("last_day"), day__lte=models.F("first_day"),
                    ) & ~models.Q(frozen="") & ~models.Q(digest="")
                ) | (
                    models.Q(
                        first_day__isnull=True, asks_public__isnull=True,
                        asks_partnership__isnull=True, frozen="", digest="",
                    ) & ~models.Q(verb=Verb.OPEN.value)
                ),
            ),
            models.CheckConstraint(
                name="hearing_last_day_is_of_a_move_that_sets_it",
                condition=models.Q(
                    verb__in=[Verb.OPEN.value, Verb.EXTEND.value], last_day__isnull=False
                ) | (
                    models.Q(last_day__isnull=True)
                    & ~models.Q(verb__in=[Verb.OPEN.value, Verb.EXTEND.value])
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.hearing_id}: {self.verb}"


class HearingPaper(Said):
    """A paper that people are given; a late one goes with the move that gave time to read it."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField(help_text="From 1, with no gap.")
    title = models.TextField()
    file_name = models.TextField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    late = models.OneToOneField(
        HearingMove, on_delete=models.PROTECT, null=True, related_name="paper",
        help_text="Empty: it was there when the hearing opened.",
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="hearing_paper_has_its_number", fields=["hearing", "number"]
            ),
            models.CheckConstraint(
                name="hearing_paper_has_a_title",
                condition=~models.Q(title="") & ~models.Q(file_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PaperLeftOut(Said):
    """That a paper of a draft was left out again before the hearing opened."""

    paper = models.OneToOneField(HearingPaper, on_delete=models.PROTECT, related_name="left_out")

    def __str__(self) -> str:
        return f"{self.paper_id} is left out"


class Consultee(SaidOnDay):
    """Who is asked, from the day on which they were."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="consultees")
    agency = models.ForeignKey(
        "places.Agency", on_delete=models.PROTECT, null=True, related_name="+",
        help_text="Empty: no agency; it answers as the public does.",
    )  # fmt: skip
    name = models.TextField()
    by_right = models.BooleanField(help_text="It has money or a target in the proposal.")
    stake_pence = models.BigIntegerField(null=True, help_text="Empty: not known, or none.")
    stake = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="consultee_is_asked_once", fields=["hearing", "name"]),
            models.UniqueConstraint(name="agency_is_asked_once", fields=["hearing", "agency"]),
            models.CheckConstraint(name="consultee_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Reply(SaidOnDay):
    """What an agency replied; a later reply stands in place of an earlier one."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="replies")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField(help_text="From 1 in the hearing, with no gap.")
    stance = models.CharField(max_length=16, choices=_STANCES)
    words = models.TextField()
    pence = models.BigIntegerField(null=True, help_text="What it says it would cost or save.")
    late = models.BooleanField(help_text="It came after the last day.")

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="reply_has_its_turn", fields=["hearing", "turn"]),
            models.CheckConstraint(
                name="reply_is_one_of_three",
                condition=models.Q(stance__in=[s for s, _ in _STANCES]),
            ),
            models.CheckConstraint(
                name="reply_has_its_reasons",
                condition=models.Q(stance=Stance.AGREE.value) | ~models.Q(words=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.stance}"


class Point(SaidOnDay):
    """Something that was said and must be answered before the hearing can be concluded."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveIntegerField(help_text="From 1 in the hearing, with no gap.")
    kind = models.CharField(max_length=16, choices=_KINDS)
    source_kind = models.TextField()
    source_id = models.TextField()
    words = models.TextField()
    reply = models.OneToOneField(Reply, on_delete=models.PROTECT, null=True, related_name="point")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="point_has_its_number", fields=["hearing", "number"]),
            models.UniqueConstraint(
                name="point_is_raised_once", fields=["hearing", "source_kind", "source_id"]
            ),
            models.CheckConstraint(
                name="point_says_something",
                condition=~models.Q(words="") & models.Q(kind__in=[k for k, _ in _KINDS]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}/{self.number}"


class Answer(SaidOnDay):
    """What the accountable body answered to a point; a later answer stands in place of it."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="answers")
    point = models.ForeignKey(Point, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField(help_text="From 1 in the hearing, with no gap.")
    changed = models.BooleanField(help_text="Whether the proposal changed for it.")
    words = models.TextField()
    pence = models.BigIntegerField(null=True, help_text="By how much it changed, if in money.")
    led_to_kind = models.TextField(blank=True)
    led_to_id = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="answer_has_its_number", fields=["hearing", "number"]),
            models.CheckConstraint(
                name="answer_changes_pence_only_where_it_changed",
                condition=models.Q(changed=True)
                | models.Q(pence__isnull=True, led_to_kind="", led_to_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id}: {self.words}"


class PartFinished(SaidOnDay):
    """That a part of a hearing is whole, as somebody says in words."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=16, choices=_PARTS)
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="part_is_finished_once", fields=["hearing", "part"]),
            models.CheckConstraint(
                name="part_is_one_of_three",
                condition=models.Q(part__in=[p for p, _ in _PARTS]) & ~models.Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}: {self.part}"


__all__ = [
    "Answer",
    "Consultee",
    "Hearing",
    "HearingMove",
    "HearingPaper",
    "HearingSection",
    "PaperBytes",
    "PaperLeftOut",
    "PartFinished",
    "Point",
    "Reply",
    "Said",
    "SaidOnDay",
]
