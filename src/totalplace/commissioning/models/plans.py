"""Plans, their versions and candidates, what agencies answered, and allocations: only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.commissioning.rules.plan_moves import KEPT, MOVES, Stage, Verb
from totalplace.commissioning.rules.sorts import PROPOSABLE, Sort

# What is kept as a move: that a plan was heard is known from its hearing, so none starts there.
_KEPT_STAGES = [stage for stage in Stage if stage is not Stage.HEARD]
_STAGES = [(stage.value, stage.value) for stage in _KEPT_STAGES]
_VERBS = [(verb.value, verb.value) for verb in KEPT]
_SORTS = [(sort.value, sort.value) for sort in Sort]
_PROPOSABLE = sorted(sort.value for sort in PROPOSABLE)


def _kept_moves() -> list[tuple[Stage, Verb, Stage]]:
    """The moves as they are kept: from what was proposed, where it was heard meanwhile."""
    found: list[tuple[Stage, Verb, Stage]] = []
    for (stage, verb), following in MOVES.items():
        before = Stage.PROPOSED if stage is Stage.HEARD else stage
        if verb in KEPT and (before, verb, following) not in found:
            found.append((before, verb, following))
    return found


class Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Plan(Said):
    """How the money of a place is to be divided among its agencies; one of them is accountable."""

    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 in its place, with no gap.")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    why = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_has_its_number", fields=["place", "number"]),
            models.CheckConstraint(
                name="plan_says_what_it_is",
                condition=~models.Q(title="") & ~models.Q(why="") & models.Q(number__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanVersion(Said):
    """The case of a plan as it stood from a moment on; number 0 is a draft's."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap, drafts too.")
    number = models.PositiveIntegerField(help_text="From 1 once it is proposed; 0: a draft.")
    because = models.PositiveIntegerField(null=True, help_text="The answer that led to it.")
    reason = models.TextField()
    text = models.TextField(help_text="The whole case, in its one set form.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text, in hexadecimals.")
    first_year = models.PositiveIntegerField(help_text="In which its first year begins.")
    years = models.PositiveIntegerField()
    chosen = models.CharField(max_length=20, choices=_SORTS, blank=True)
    chosen_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_version_has_its_turn", fields=["plan", "turn"]),
            models.UniqueConstraint(
                name="plan_version_has_its_number",
                fields=["plan", "number"],
                condition=models.Q(number__gte=1),
            ),
            models.CheckConstraint(
                name="plan_version_has_a_reason",
                condition=~models.Q(reason="") & models.Q(years__gte=1),
            ),
            models.CheckConstraint(
                name="proposed_version_names_one_plan_and_why",
                condition=models.Q(number=0)
                | (models.Q(chosen__in=_PROPOSABLE) & ~models.Q(chosen_because="")),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.plan_id}"


class PlanCandidate(models.Model):
    """One way to divide the money under a version, with its reason; or a baseline beside it."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="candidates")
    sort = models.CharField(max_length=20, choices=_SORTS)
    reason = models.TextField()
    points = models.FloatField(help_text="100: every outcome the whole way for one year.")
    bound = models.FloatField(null=True, help_text="No plan reaches more; empty: a baseline.")
    method = models.TextField(blank=True)
    moved_pence = models.BigIntegerField()
    broken = models.PositiveIntegerField(help_text="How many demands it does not meet.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="candidate_is_of_its_sort", fields=["version", "sort"]),
            models.CheckConstraint(
                name="candidate_meets_every_demand",
                condition=~models.Q(sort__in=_PROPOSABLE) | models.Q(broken=0, bound__isnull=False),
            ),
            models.CheckConstraint(
                name="candidate_has_a_reason",
                condition=~models.Q(reason="") & models.Q(moved_pence__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.sort


class PlanLine(models.Model):
    """What an option gets in a year under a candidate, beside what is spent on it now."""

    candidate = models.ForeignKey(PlanCandidate, on_delete=models.PROTECT, related_name="lines")
    line = models.PositiveIntegerField(help_text="Its place among the lines of the problem.")
    option = models.CharField(max_length=200)
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField(help_text="In which the financial year begins.")
    pence = models.BigIntegerField()
    now = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["line"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_line_has_its_place", fields=["candidate", "line"]),
            models.UniqueConstraint(
                name="option_has_one_line_a_year", fields=["candidate", "option", "year"]
            ),
            models.CheckConstraint(
                name="plan_line_is_no_debt",
                condition=models.Q(pence__gte=0) & models.Q(now__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} in {self.year}"


class PlanPayment(models.Model):
    """How much of a line a fund pays. Each pound of a fund is in one payment."""

    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="payments")
    fund = models.CharField(max_length=200)
    pence = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="fund_pays_a_line_once", fields=["line", "fund"]),
            models.CheckConstraint(name="payment_is_of_money", condition=models.Q(pence__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.pence} of {self.fund}"


class PlanMove(Said):
    """One move of a plan; what it was moved from must be where it stood."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=32, choices=_VERBS)
    before = models.CharField(max_length=16, choices=_STAGES)
    after = models.CharField(max_length=16, choices=_STAGES)
    day = models.DateField(help_text="In England.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_move_has_its_turn", fields=["plan", "turn"]),
            models.CheckConstraint(
                name="plan_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=following.value)
                        for before, verb, following in _kept_moves()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(name="plan_move_has_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.verb}"
