"""What the public was asked and said, and what people made of it: only added to, but for three.

A code that was used says so, an answer that is kept for later is emptied, and so is the salt of the
codes once the hearing is over. Nothing here says which code gave which answer.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from totalplace.participation.models.hearings import Hearing, Said
from totalplace.participation.rules.public.channels import Channel, Step
from totalplace.participation.rules.public.theming import Verb

_CHANNELS: Final = [(channel.value, channel.value) for channel in Channel]
_STEPS: Final = [(step.value, step.value) for step in Step]
_VERBS: Final = [(verb.value, verb.value) for verb in Verb]


class PublicQuestions(Said):
    """The questions of a draft as they were saved; the last counts, and stands once it is open."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    questions = models.JSONField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"questions of {self.hearing_id}"


class PaperForms(Said):
    """A workbook of answers that were given on paper; the same file is taken once."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    file_name = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="paper_forms_are_taken_once", fields=["hearing", "sha256"])
        ]

    def __str__(self) -> str:
        return self.file_name


class Response(models.Model):
    """That somebody answered, how, and whether with a code; what, its versions say."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=_CHANNELS)
    form = models.CharField(max_length=64, help_text="Keyed hash of the form; of paper, its row.")
    receipt = models.CharField(max_length=64, blank=True, help_text="Keyed hash; none of paper.")
    verified = models.BooleanField(help_text="With a code from a letter, whichever it was.")
    on = models.DateTimeField()
    day = models.DateField(help_text="In England; of paper, the day it was received.")
    paper = models.ForeignKey(PaperForms, on_delete=models.PROTECT, null=True, related_name="+")
    row = models.PositiveIntegerField(null=True, help_text="Of paper: the row of the workbook.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="form_is_one_response", fields=["hearing", "form"]),
            models.UniqueConstraint(
                name="receipt_is_of_one_response", fields=["hearing", "receipt"],
                condition=~models.Q(receipt=""),
            ),
            models.CheckConstraint(
                name="response_is_of_a_page_or_of_paper",
                condition=models.Q(channel=Channel.WEB.value, paper__isnull=True, row__isnull=True)
                & ~models.Q(receipt="")
                | models.Q(
                    channel=Channel.PAPER.value, paper__isnull=False, row__isnull=False, receipt="",
                    verified=False,
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"response {self.pk}"


class ResponseVersion(models.Model):
    """What somebody answered; a later version stands in place of it, until the last day is over."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="versions")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    answers = models.JSONField()
    group_name = models.TextField(blank=True, help_text="Empty: for oneself.")
    group_size = models.PositiveIntegerField(null=True, help_text="Empty: not known.")
    group_how = models.TextField(blank=True)
    on = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="version_has_its_turn", fields=["response", "turn"])
        ]

    def __str__(self) -> str:
        return f"{self.response_id}, version {self.turn}"


class ResponseApart(Said):
    """That a response is held apart, or put back among those that count, and why."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="apart")
    apart = models.BooleanField()
    why = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="apart_for_a_reason", condition=~models.Q(why=""))
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.why}"


class CodeSalt(models.Model):
    """What the codes of a hearing are hashed with, beside the key of the installation."""

    hearing = models.OneToOneField(Hearing, on_delete=models.PROTECT, related_name="+")
    salt = models.CharField(
        max_length=64, blank=True, help_text="Emptied once the hearing is over."
    )

    def __str__(self) -> str:
        return f"salt of {self.hearing_id}"


class ResponseCode(models.Model):
    """A code that was issued, as a keyed hash, and whether it was used: not when, nor for what."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    used = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="code_is_issued_once", fields=["hearing", "digest"])
        ]

    def __str__(self) -> str:
        return f"a code of {self.hearing_id}"


class Passage(models.Model):
    """That a form was opened, looked over or sent: how many stopped on the way, and not who."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=16, choices=_STEPS)
    form = models.CharField(max_length=64, help_text="Keyed hash; another one than a response's.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="form_passes_once", fields=["hearing", "step", "form"])
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}: {self.step}"


class KeptAnswer(models.Model):
    """An answer that somebody keeps for later, found again by a link; emptied when it is sent."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    link = models.CharField(max_length=64, unique=True, help_text="Keyed hash of the link.")
    fields = models.JSONField(help_text="As typed; empty once it was sent or the hearing is over.")
    on = models.DateTimeField()

    def __str__(self) -> str:
        return f"kept for {self.hearing_id}"


class LivesHere(Said):
    """Of which categories the people are who live here, by a source; the last said counts."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=32)
    people = models.JSONField()
    source = models.TextField()
    year = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="lives_here_by_a_source", condition=~models.Q(source=""))
        ]

    def __str__(self) -> str:
        return f"{self.about} of {self.hearing_id}"


class ThemeMove(Said):
    """One change of themes; where they stand is all moves in turn."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=32, choices=_VERBS)
    said = models.JSONField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="theme_move_has_its_turn", fields=["hearing", "turn"]),
            models.CheckConstraint(
                name="theme_move_is_known", condition=models.Q(verb__in=[v for v, _ in _VERBS])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id}: {self.verb}"


__all__ = [
    "CodeSalt",
    "KeptAnswer",
    "LivesHere",
    "PaperForms",
    "Passage",
    "PublicQuestions",
    "Response",
    "ResponseApart",
    "ResponseCode",
    "ResponseVersion",
    "ThemeMove",
]
