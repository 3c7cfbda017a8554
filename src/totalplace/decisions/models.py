"""Bodies and their rules, decisions and their moves, papers, advice, interests: only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.decisions.rules.bodies import BodyKind, Finance, Office
from totalplace.decisions.rules.days import Counting
from totalplace.decisions.rules.moves import MOVES, Stage, Verb

_KINDS = [(kind.value, kind.value) for kind in BodyKind]
_OFFICES = [(office.value, office.value) for office in Office]
_STAGES = [(stage.value, stage.value) for stage in Stage]
_VERBS = [(verb.value, verb.value) for verb in Verb]
_COUNTINGS = [(counting.value, counting.value) for counting in Counting]
_FINANCES = [(finance.value, finance.value) for finance in Finance]


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Body(_Said):
    """A body of an agency that decides: a cabinet, a full council, an officer, a mayor."""

    code = models.CharField(max_length=64, unique=True)
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32, choices=_KINDS)
    name = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="body_kind_is_known", condition=models.Q(kind__in=[k for k, _ in _KINDS])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BodyRules(_Said):
    """What a body's constitution or scheme of delegation says of it, from a day on."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rules")
    first_day = models.DateField()
    rule_set = models.CharField(max_length=64)
    matters = models.TextField(help_text="Codes of what it decides, parted by spaces.")
    key_from_pence = models.BigIntegerField(null=True, help_text="Empty: any sum is significant.")
    limit_pence = models.BigIntegerField(null=True, help_text="Empty: no limit.")
    call_in_days = models.PositiveIntegerField(null=True, help_text="Empty: no call-in.")
    call_in_counting = models.CharField(max_length=16, choices=_COUNTINGS, blank=True)
    call_in_members = models.PositiveIntegerField(null=True)
    working_days = models.BooleanField(default=False)
    finance = models.CharField(max_length=16, choices=_FINANCES)
    source = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="body_rules_say_where_they_are_written", condition=~models.Q(source="")
            ),
            models.CheckConstraint(
                name="body_rules_have_a_whole_window",
                condition=models.Q(
                    call_in_days__isnull=True, call_in_members__isnull=True, call_in_counting=""
                )
                | (
                    models.Q(call_in_days__gte=1, call_in_members__gte=1)
                    & ~models.Q(call_in_counting="")
                ),
            ),
            models.CheckConstraint(
                name="body_rules_have_no_sum_below_nought",
                condition=(models.Q(key_from_pence__isnull=True) | models.Q(key_from_pence__gte=0))
                & (models.Q(limit_pence__isnull=True) | models.Q(limit_pence__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"rules of {self.body_id} from {self.first_day}"


class OfficeHeld(_Said):
    """An office of an agency and who holds it from a day, or as a deputy until another."""

    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, related_name="+",
        help_text="Of which body, where it is one that decides for a body.",
    )  # fmt: skip
    office = models.CharField(max_length=32, choices=_OFFICES)
    holder = models.TextField(blank=True, help_text="Empty: from this day nobody holds it.")
    deputy = models.BooleanField(default=False)
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="deputy_acts_until_a_day",
                condition=models.Q(deputy=False)
                | (models.Q(last_day__isnull=False) & ~models.Q(holder="")),
            ),
            models.CheckConstraint(
                name="decider_is_of_a_body",
                condition=models.Q(office=Office.DECIDER.value, body__isnull=False)
                | (~models.Q(office=Office.DECIDER.value) & models.Q(body__isnull=True)),
            ),
            models.CheckConstraint(
                name="office_begins_before_it_ends",
                condition=models.Q(last_day__isnull=True)
                | models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.holder}"


class Decision(_Said):
    """A decision that a body is to take, and what it is about."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField(help_text="From 1 in its body, with no gap.")
    title = models.CharField(max_length=300)
    summary = models.TextField()
    matter = models.CharField(max_length=64)
    amount_pence = models.BigIntegerField(null=True, help_text="Spent or saved; empty: not known.")
    wards = models.PositiveIntegerField(null=True, help_text="Empty: not known.")
    key = models.BooleanField()
    why_key = models.TextField(blank=True)
    about_kind = models.TextField(blank=True)
    about_id = models.TextField(blank=True)
    planned_on = models.DateField(help_text="The day on which it is to be taken.")
    contact = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["body_id", "number"]
        indexes: ClassVar = [
            models.Index(fields=["about_kind", "about_id"], name="decision_about"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="decision_has_its_number", fields=["body", "number"]),
            models.CheckConstraint(
                name="decision_counts_from_1", condition=models.Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="decision_says_what_it_is",
                condition=~models.Q(title="") & ~models.Q(summary="") & ~models.Q(matter=""),
            ),
            models.CheckConstraint(
                name="decision_is_key_for_a_reason",
                condition=models.Q(key=True) ^ models.Q(why_key=""),
            ),
            models.CheckConstraint(
                name="decision_sum_is_not_below_nought",
                condition=models.Q(amount_pence__isnull=True) | models.Q(amount_pence__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Move(_Said):
    """One move of a decision; what it was moved from must be where it stood."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    verb = models.CharField(max_length=32, choices=_VERBS)
    before = models.CharField(max_length=32, choices=_STAGES)
    after = models.CharField(max_length=32, choices=_STAGES)
    day = models.DateField(help_text="In England.")
    reason = models.TextField()
    opens_on = models.DateField(null=True, help_text="First day on which it may be taken.")
    closes_on = models.DateField(null=True, help_text="Last day of a window or of a call-in.")
    taken_on = models.DateField(null=True, help_text="The day of the meeting.")
    taken_by = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    planned_on = models.DateField(null=True, help_text="When it is now to be taken, if said.")
    options = models.TextField(blank=True, help_text="What else was considered and rejected.")

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="decision_move_has_its_turn", fields=["decision", "turn"]),
            models.CheckConstraint(
                name="decision_move_is_lawful",
                condition=models.Q(
                    *[
                        models.Q(before=before.value, verb=verb.value, after=following.value)
                        for (before, verb), (following, _) in MOVES.items()
                    ],
                    _connector=models.Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="decision_move_has_a_reason", condition=~models.Q(reason="")
            ),
            models.CheckConstraint(
                name="decision_is_taken_by_a_body_on_a_day",
                condition=(
                    models.Q(verb=Verb.TAKE.value)
                    & models.Q(taken_by__isnull=False, taken_on__isnull=False)
                )
                | (
                    ~models.Q(verb=Verb.TAKE.value)
                    & models.Q(taken_by__isnull=True, taken_on__isnull=True)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.verb}"


class Named(models.Model):
    """Somebody who took part in a move: who decided, asked for a call-in, agreed or was told."""

    move = models.ForeignKey(Move, on_delete=models.PROTECT, related_name="named")
    name = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="named_once_in_a_move", fields=["move", "name"]),
            models.CheckConstraint(name="named_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Advice(_Said):
    """What somebody who must be heard said of a decision before it is taken."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="advice")
    finance = models.BooleanField(help_text="Whether it is the chief finance officer's comment.")
    source = models.TextField(help_text="Who says it: an office, a partnership, a committee.")
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="advice_says_something", condition=~models.Q(words="") & ~models.Q(source="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} on {self.decision_id}"


class Interest(_Said):
    """An interest that somebody declared in a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="interests")
    who = models.TextField()
    pecuniary = models.BooleanField(help_text="Disclosable: Localism Act 2011, section 30.")
    nature = models.TextField()
    dispensation = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="interest_is_somebodys", condition=~models.Q(who="") & ~models.Q(nature="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} in {self.decision_id}"


class Paper(_Said):
    """A paper that the body is given, by its title and address."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveIntegerField()
    title = models.TextField()
    address = models.TextField(blank=True, help_text="Where it can be read.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="paper_has_its_number", fields=["decision", "number"]),
            models.CheckConstraint(name="paper_has_a_title", condition=~models.Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class PaperMark(_Said):
    """That a paper is kept from the public from now on, or (no category) is open to it."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="marks")
    category = models.CharField(max_length=32, blank=True)
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="paper_mark_has_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.category or 'open'}"
