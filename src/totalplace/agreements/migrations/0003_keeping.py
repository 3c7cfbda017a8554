"""What parties say of promises, disputes, remedies posted and the docket of changes of rules.

The database refuses to change what was said, and moves out of turn or by the wrong side: whoever
asks it, the superuser too.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = (
    "promisesaying", "dispute", "disputemove", "remedyposted", "docketitem", "docketmove",
)  # fmt: skip
_SIDES: Final = [(x, x) for x in ("place", "centre")]
_CHANGES: Final = [(x, x) for x in ("technical", "accounting", "regulatory")]
_DISPUTE_STAGES: Final = [
    (x, x)
    for x in (
        "notified",
        "answered",
        "escalated",
        "settlement offered",
        "settled",
        "adjudicated",
        "withdrawn",
    )
]
_DISPUTE_VERBS: Final = [
    (x, x)
    for x in (
        "answer",
        "escalate",
        "offer to settle",
        "settle",
        "decline to settle",
        "adjudicate",
        "withdraw",
    )
]
_DOCKET_STAGES: Final = [
    (x, x) for x in ("raised", "accepted", "refused", "in progress", "lifted", "expired")
]
_DOCKET_VERBS: Final = [
    (x, x)
    for x in (
        "accept a request to lift a rule",
        "refuse to lift a rule",
        "begin to lift a rule",
        "lift a rule",
        "ask again for a rule to be lifted",
        "say that a rule need no longer be lifted",
    )
]
# (before, verb, after), as in rules/ladder.py and rules/docket.py; a test holds them together.
_DISPUTE_MOVES: Final = (
    ("notified", "answer", "answered"),
    ("escalated", "answer", "answered"),
    ("notified", "escalate", "escalated"),
    ("answered", "escalate", "escalated"),
    ("escalated", "escalate", "escalated"),
    ("notified", "offer to settle", "settlement offered"),
    ("answered", "offer to settle", "settlement offered"),
    ("escalated", "offer to settle", "settlement offered"),
    ("settlement offered", "settle", "settled"),
    ("settlement offered", "decline to settle", "answered"),
    ("answered", "adjudicate", "adjudicated"),
    ("escalated", "adjudicate", "adjudicated"),
    ("notified", "withdraw", "withdrawn"),
    ("answered", "withdraw", "withdrawn"),
    ("escalated", "withdraw", "withdrawn"),
    ("settlement offered", "withdraw", "withdrawn"),
)
_DOCKET_MOVES: Final = (
    ("raised", "accept a request to lift a rule", "accepted"),
    ("raised", "begin to lift a rule", "in progress"),
    ("accepted", "begin to lift a rule", "in progress"),
    ("raised", "lift a rule", "lifted"),
    ("accepted", "lift a rule", "lifted"),
    ("in progress", "lift a rule", "lifted"),
    ("raised", "refuse to lift a rule", "refused"),
    ("accepted", "refuse to lift a rule", "refused"),
    ("in progress", "refuse to lift a rule", "refused"),
    ("refused", "ask again for a rule to be lifted", "raised"),
    ("raised", "say that a rule need no longer be lifted", "expired"),
    ("accepted", "say that a rule need no longer be lifted", "expired"),
    ("in progress", "say that a rule need no longer be lifted", "expired"),
    ("refused", "say that a rule need no longer be lifted", "expired"),
)
_NEVER_CHANGED: Final = """
CREATE FUNCTION agreements_keeping_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said of a promise, a dispute or a rule is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Say something later.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON agreements_{table} FROM totalplace_app;
CREATE TRIGGER agreements_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON agreements_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION agreements_keeping_refuse_change();
ALTER TABLE agreements_{table} ENABLE ALWAYS TRIGGER agreements_{table}_never_changed;
"""
# Whose move it is: see rules/ladder.py. Only a step up changes the step, and by one.
_IN_TURN: Final = """
CREATE FUNCTION agreements_dispute_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last agreements_disputemove%ROWTYPE;
    about agreements_dispute%ROWTYPE;
    rung integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.keeping'));
    SELECT * INTO about FROM agreements_dispute WHERE id = NEW.dispute_id;
    SELECT * INTO last FROM agreements_disputemove
        WHERE dispute_id = NEW.dispute_id ORDER BY turn DESC LIMIT 1;
    rung := coalesce(last.rung, 1);
    IF NEW.turn <> coalesce(last.turn, 0) + 1
        OR NEW.before <> coalesce(last.after, 'notified')
        OR NEW.day < coalesce(last.day, about.day)
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date
        OR NEW.rung <> rung + (NEW.verb = 'escalate')::integer
        OR NEW.rung > jsonb_array_length(about.ladder) THEN
        RAISE EXCEPTION 'move % of the dispute is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.verb IN ('settle', 'decline to settle') AND NEW.side = last.side)
        OR (NEW.verb = 'withdraw' AND NEW.side <> about.side)
        OR (NEW.before = 'notified' AND NEW.verb = 'answer' AND NEW.side = about.side)
        OR (NEW.before = 'notified' AND NEW.verb = 'escalate' AND NEW.side <> about.side)
        OR (NEW.verb = 'adjudicate' AND NEW.rung < jsonb_array_length(about.ladder)) THEN
        RAISE EXCEPTION 'the % may not % this dispute', NEW.side, NEW.verb
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreements_dispute_move_in_turn BEFORE INSERT ON agreements_disputemove
    FOR EACH ROW EXECUTE FUNCTION agreements_dispute_move_in_turn();
ALTER TABLE agreements_disputemove ENABLE ALWAYS TRIGGER agreements_dispute_move_in_turn;

CREATE FUNCTION agreements_docket_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last agreements_docketmove%ROWTYPE;
    raised date;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.keeping'));
    SELECT day INTO raised FROM agreements_docketitem WHERE id = NEW.item_id;
    SELECT * INTO last FROM agreements_docketmove
        WHERE item_id = NEW.item_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1
        OR NEW.before <> coalesce(last.after, 'raised')
        OR NEW.day < coalesce(last.day, raised)
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'move % of the item of the docket is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreements_docket_move_in_turn BEFORE INSERT ON agreements_docketmove
    FOR EACH ROW EXECUTE FUNCTION agreements_docket_move_in_turn();
ALTER TABLE agreements_docketmove ENABLE ALWAYS TRIGGER agreements_docket_move_in_turn;
"""


def _any_of(moves: tuple[tuple[str, str, str], ...]) -> models.Q:
    lawful = [models.Q(before=before, verb=verb, after=after) for before, verb, after in moves]
    return models.Q(*lawful, _connector=models.Q.OR)


class Migration(migrations.Migration):
    """Promises kept, breaches, disputes, remedies and the docket. There is no way back."""

    dependencies: ClassVar = [("agreements", "0002_agreement")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "agreement",
                    models.CharField(help_text="As it is cited: PLACE/NUMBER.", max_length=100),
                ),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its agreement, with no gap."),
                ),
                (
                    "promise",
                    models.PositiveIntegerField(
                        help_text="Empty: about something else.", null=True
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        help_text="The first day of the breach, as it was read.", null=True
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("words", models.TextField()),
                (
                    "side",
                    models.CharField(
                        choices=_SIDES, help_text="Of whoever gave notice.", max_length=8
                    ),
                ),
                ("day", models.DateField(help_text="In England.")),
                (
                    "ladder",
                    models.JSONField(help_text="Who is asked at each step, and for how many days."),
                ),
                (
                    "against",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DisputeMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                ("verb", models.CharField(choices=_DISPUTE_VERBS, max_length=24)),
                ("before", models.CharField(choices=_DISPUTE_STAGES, max_length=24)),
                ("after", models.CharField(choices=_DISPUTE_STAGES, max_length=24)),
                ("rung", models.PositiveIntegerField(help_text="The step after it, from 1.")),
                ("side", models.CharField(choices=_SIDES, max_length=8)),
                ("day", models.DateField(help_text="In England.")),
                ("words", models.TextField()),
                ("evidence", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "dispute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="agreements.dispute",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="DocketItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                ("change", models.CharField(choices=_CHANGES, max_length=16)),
                ("title", models.CharField(max_length=300)),
                ("rule", models.TextField(help_text="What it says and what it blocks.")),
                ("lifted_by", models.TextField(help_text="Who can lift it, and how.")),
                ("heard", models.TextField(help_text="Who was heard, or why nobody was.")),
                ("deadline", models.DateField(null=True)),
                (
                    "cost_pence",
                    models.BigIntegerField(help_text="A year; empty: not known.", null=True),
                ),
                ("cost_source", models.TextField(blank=True)),
                (
                    "agreement",
                    models.CharField(
                        blank=True, help_text="As it is cited: PLACE/NUMBER.", max_length=100
                    ),
                ),
                (
                    "promise",
                    models.PositiveIntegerField(
                        help_text="To lift it, in the agreement.", null=True
                    ),
                ),
                (
                    "clause",
                    models.PositiveIntegerField(
                        help_text="The change of the agreement's text.", null=True
                    ),
                ),
                ("day", models.DateField(help_text="On which it was raised, in England.")),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DocketMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                ("verb", models.CharField(choices=_DOCKET_VERBS, max_length=48)),
                ("before", models.CharField(choices=_DOCKET_STAGES, max_length=16)),
                ("after", models.CharField(choices=_DOCKET_STAGES, max_length=16)),
                ("day", models.DateField(help_text="In England.")),
                ("reason", models.TextField()),
                ("evidence", models.TextField(blank=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="agreements.docketitem",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="PromiseSaying",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "agreement",
                    models.CharField(help_text="As it is cited: PLACE/NUMBER.", max_length=100),
                ),
                ("promise", models.PositiveIntegerField(help_text="Its number in the agreement.")),
                ("day", models.DateField(help_text="In England.")),
                ("words", models.TextField()),
                ("evidence", models.TextField(help_text="A citation, or where it can be read.")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RemedyPosted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "agreement",
                    models.CharField(help_text="As it is cited: PLACE/NUMBER.", max_length=100),
                ),
                ("promise", models.PositiveIntegerField()),
                ("since", models.DateField(help_text="The first day of the breach.")),
                ("day", models.DateField(help_text="Up to which it was reckoned.")),
                ("pence", models.BigIntegerField()),
                ("formula", models.TextField()),
                ("book", models.CharField(max_length=64)),
                ("posting", models.BigIntegerField(help_text="Its number in the book.")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "promise", "since", "day"),
                        name="remedy_is_posted_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pence__gt", 0), models.Q(("formula", ""), _negated=True)
                        ),
                        name="remedy_is_a_sum",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="dispute_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    ("number__gte", 1),
                    models.Q(("giver", models.F("against")), _negated=True),
                    models.Q(("promise__isnull", False), ("since__isnull", True), _connector="OR"),
                ),
                name="dispute_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputemove",
            constraint=models.UniqueConstraint(
                fields=("dispute", "turn"), name="dispute_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="disputemove",
            constraint=models.CheckConstraint(
                condition=_any_of(_DISPUTE_MOVES), name="dispute_move_is_lawful"
            ),
        ),
        migrations.AddConstraint(
            model_name="disputemove",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="dispute_move_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="docketitem",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="docket_item_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="docketitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("clause__isnull", False)),
                fields=("agreement", "clause"),
                name="docket_item_of_a_clause_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="docketitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("rule", ""), _negated=True),
                    models.Q(("lifted_by", ""), _negated=True),
                    models.Q(("heard", ""), _negated=True),
                    ("number__gte", 1),
                ),
                name="docket_item_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="docketitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cost_pence__isnull", True),
                    models.Q(("cost_pence__gte", 0), models.Q(("cost_source", ""), _negated=True)),
                    _connector="OR",
                ),
                name="docket_cost_has_a_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="docketmove",
            constraint=models.UniqueConstraint(
                fields=("item", "turn"), name="docket_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="docketmove",
            constraint=models.CheckConstraint(
                condition=_any_of(_DOCKET_MOVES), name="docket_move_is_lawful"
            ),
        ),
        migrations.AddConstraint(
            model_name="docketmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(
                        models.Q(("verb", "lift a rule"), _negated=True),
                        models.Q(("evidence", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="docket_move_has_a_reason_and_a_lifting_its_evidence",
            ),
        ),
        migrations.AddIndex(
            model_name="promisesaying",
            index=models.Index(fields=["agreement", "promise"], name="saying_of_promise"),
        ),
        migrations.AddConstraint(
            model_name="promisesaying",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True),
                    models.Q(("evidence", ""), _negated=True),
                ),
                name="saying_has_words_and_evidence",
            ),
        ),
        migrations.RunSQL(
            _NEVER_CHANGED + "".join(_GUARD.format(table=table) for table in _TABLES)
        ),
        migrations.RunSQL(_IN_TURN),
    ]
