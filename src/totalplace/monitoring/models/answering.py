"""Responses to findings, each move of them, and where findings are sent; only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.agreements.rules.devolution import Side
from totalplace.monitoring.models.watching import Finding
from totalplace.monitoring.rules.answering import MOVES, ON_EVIDENCE, Stage, Verb
from totalplace.monitoring.rules.closing import Ground

_SIDES = [(side.value, side.value) for side in Side]
_STAGES = [(stage.value, stage.value) for stage in Stage]
_VERBS = [(verb.value, verb.value) for verb in Verb]
_GROUNDS = [(ground.value, ground.value) for ground in Ground]
_DIGEST = r"^[0-9a-f]{64}$"


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Response(_Said):
    """That two owners answer a finding: who they are, in which days, and up which ladder.

    An owner that is registered as no agency is named all the same; nobody can act for it yet.
    """

    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="response")
    local = models.ForeignKey(
        "places.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    local_name = models.CharField(max_length=300)
    central = models.ForeignKey(
        "places.Agency", null=True, on_delete=models.PROTECT, related_name="+"
    )
    central_name = models.CharField(max_length=300)
    agreement = models.CharField(
        max_length=100, blank=True, help_text="In force, whose ladder holds: PLACE/NUMBER."
    )
    days = models.JSONField(help_text="In how many days each thing is owed, as it was then.")
    ladder = models.JSONField(help_text="Who is asked at each step, and for how many days.")
    day = models.DateField(help_text="In England.")
    reason = models.TextField(help_text="Why it was opened.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="response_names_both_owners_and_says_why",
                condition=~models.Q(local_name="")
                & ~models.Q(central_name="")
                & ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"response to {self.finding_id}"


class ResponseMove(_Said):
    """One move of a response, by one side. A remedy says whom, by when, who pays, and the review.

    What rests on the series carries the digest of its text as it was then.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=24, choices=_VERBS)
    before = models.CharField(max_length=32, choices=_STAGES)
    after = models.CharField(max_length=32, choices=_STAGES)
    side = models.CharField(max_length=8, choices=_SIDES)
    rung = models.PositiveIntegerField(help_text="The step after it, from 1.")
    day = models.DateField(help_text="In England.")
    words = models.TextField()
    evidence = models.TextField(blank=True, help_text="A citation, or where it can be read.")
    whom = models.CharField(max_length=300, blank=True, help_text="Who does the remedy.")
    paid_by = models.CharField(max_length=300, blank=True, help_text="Who pays for it.")
    due_on = models.DateField(null=True, help_text="By which the remedy is done.")
    review_on = models.DateField(null=True, help_text="On which both look at what it did.")
    level = models.FloatField(null=True, help_text="At which the series is to be, in its unit.")
    pays = models.JSONField(default=list, help_text="Promises of an agreement: PLACE/NUMBER/N.")
    ground = models.CharField(max_length=60, blank=True, choices=_GROUNDS)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the series' text.")
    shown = models.TextField(blank=True, help_text="What the series shows, in words.")
    decision = models.CharField(max_length=100, blank=True, help_text="As it is cited.")

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="response_move_has_its_turn", fields=["response", "turn"]),
            models.CheckConstraint(
                name="response_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=after.value)
                        for (before, verb), (after, _) in MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(name="response_move_has_words", condition=~models.Q(words="")),
            models.CheckConstraint(
                name="response_remedy_is_whole",
                condition=~models.Q(verb=Verb.PROPOSE.value)
                | (
                    ~models.Q(whom="")
                    & ~models.Q(paid_by="")
                    & models.Q(due_on__gte=models.F("day"))
                    & models.Q(review_on__gte=models.F("due_on"))
                ),
            ),
            models.CheckConstraint(
                name="response_rests_on_its_series",
                condition=~models.Q(verb__in=sorted(verb.value for verb in ON_EVIDENCE))
                | (models.Q(digest__regex=_DIGEST) & ~models.Q(shown="")),
            ),
            models.CheckConstraint(
                name="response_closes_on_a_ground",
                condition=~models.Q(verb__in=[Verb.ASK_TO_CLOSE.value, Verb.CLOSE.value])
                | ~models.Q(ground=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.verb}"


class Hook(_Said):
    """An address to which the findings of a place are sent, signed.

    The secret is not kept: it is made again from this salt and the key of the installation, and
    `check` says by which key. Whoever reads the records alone cannot sign.
    """

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    address = models.CharField(max_length=500)
    salt = models.CharField(max_length=64)
    check_digest = models.CharField(max_length=64, help_text="SHA-256 of the secret.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="hook_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="hook_is_signed_and_secure",
                condition=models.Q(address__startswith="https://")
                & models.Q(check_digest__regex=_DIGEST)
                & ~models.Q(salt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id}/{self.number}"


class HookEnd(_Said):
    """That nothing more is sent to an address."""

    hook = models.OneToOneField(Hook, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()

    def __str__(self) -> str:
        return str(self.hook_id)


class HookSending(models.Model):
    """One try to send a finding to an address, and what came of it; never changed."""

    hook = models.ForeignKey(Hook, on_delete=models.PROTECT, related_name="sendings")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField(help_text="Which try it was, from 1.")
    on = models.DateTimeField()
    taken = models.BooleanField(help_text="Whether it was answered with a status of 200 to 299.")
    came = models.CharField(max_length=200, help_text="What came of it, in words.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="hook_sending_has_its_turn", fields=["hook", "finding", "turn"]
            ),
            models.UniqueConstraint(
                name="hook_takes_a_finding_once",
                fields=["hook", "finding"],
                condition=models.Q(taken=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hook_id}: {self.finding_id}"
