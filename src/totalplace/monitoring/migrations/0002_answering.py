"""Joint responses to findings, and where findings are sent.

The database refuses to change what was said, moves out of turn or by the wrong side, a remedy
without a cause, and closing without the digest of the series: whoever asks it.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = ("response", "responsemove", "hook", "hookend", "hooksending")
_SIDES: Final = [(x, x) for x in ("place", "centre")]
_OPEN: Final = (
    "open, and no cause was said",
    "a cause was said",
    "a remedy is proposed",
    "one side declined",
    "a remedy is agreed",
    "reviewed, and still open",
    "one side would close it",
)
_STAGES: Final = [(x, x) for x in (*_OPEN, "closed")]
_VERBS: Final = [
    (x, x)
    for x in (
        "acknowledge",
        "say the cause",
        "propose a remedy",
        "agree to the remedy",
        "decline the remedy",
        "review it",
        "ask to close it",
        "agree to close it",
        "decline to close it",
        "escalate",
    )
]
_GROUNDS: Final = [
    (x, x)
    for x in (
        "it is back at the level from which it moved",
        "it is steady at the level that was agreed",
        "its publisher revised the finding away",
    )
]
# (before, verb, after), as in rules/answering.py; a test holds them together.
_NO_CAUSE, _CAUSE, _PROPOSED, _DECLINED, _AGREED, _REVIEWED, _CLOSING = _OPEN
_MOVES: Final = (
    *((stage, "acknowledge", stage) for stage in _OPEN),
    (_NO_CAUSE, "say the cause", _CAUSE),
    *((stage, "say the cause", stage) for stage in _OPEN[1:]),
    *(
        (stage, "propose a remedy", _PROPOSED)
        for stage in (_CAUSE, _DECLINED, _REVIEWED, _AGREED, _PROPOSED)
    ),
    (_PROPOSED, "agree to the remedy", _AGREED),
    (_PROPOSED, "decline the remedy", _DECLINED),
    (_AGREED, "review it", _REVIEWED),
    *((stage, "ask to close it", _CLOSING) for stage in _OPEN[:-1]),
    (_CLOSING, "agree to close it", "closed"),
    (_CLOSING, "decline to close it", _DECLINED),
    *((stage, "escalate", stage) for stage in _OPEN),
)
_NEVER_CHANGED: Final = """
CREATE FUNCTION monitoring_answers_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said in answer to a finding is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Say something later.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON monitoring_{table} FROM totalplace_app;
CREATE TRIGGER monitoring_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON monitoring_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION monitoring_answers_refuse_change();
ALTER TABLE monitoring_{table} ENABLE ALWAYS TRIGGER monitoring_{table}_never_changed;
"""
# Whose move it is: see rules/answering.py. Only a step up changes the step, and by one.
_IN_TURN: Final = """
CREATE FUNCTION monitoring_response_opens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.answers'));
    IF NEW.day > (now() AT TIME ZONE 'Europe/London')::date
        OR jsonb_array_length(NEW.ladder) < 1 THEN
        RAISE EXCEPTION 'a response is opened by today, with somebody who can be asked'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_response_opens BEFORE INSERT ON monitoring_response
    FOR EACH ROW EXECUTE FUNCTION monitoring_response_opens();
ALTER TABLE monitoring_response ENABLE ALWAYS TRIGGER monitoring_response_opens;

CREATE FUNCTION monitoring_response_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last monitoring_responsemove%ROWTYPE;
    about monitoring_response%ROWTYPE;
    asked text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.answers'));
    SELECT * INTO about FROM monitoring_response WHERE id = NEW.response_id;
    SELECT * INTO last FROM monitoring_responsemove
        WHERE response_id = NEW.response_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1
        OR NEW.before <> coalesce(last.after, 'open, and no cause was said')
        OR NEW.day < coalesce(last.day, about.day)
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date
        OR NEW.rung <> coalesce(last.rung, 1) + (NEW.verb = 'escalate')::integer
        OR NEW.rung > jsonb_array_length(about.ladder) THEN
        RAISE EXCEPTION 'move % of the response is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT side INTO asked FROM monitoring_responsemove
        WHERE response_id = NEW.response_id AND verb IN ('propose a remedy', 'ask to close it')
        ORDER BY turn DESC LIMIT 1;
    IF (NEW.verb = 'acknowledge' AND EXISTS (
            SELECT FROM monitoring_responsemove
            WHERE response_id = NEW.response_id AND side = NEW.side))
        OR (NEW.side = asked AND (
            NEW.verb IN ('agree to the remedy', 'decline the remedy', 'agree to close it',
                         'decline to close it')
            OR (NEW.verb = 'propose a remedy' AND NEW.before = 'a remedy is proposed')))
        OR (NEW.verb = 'propose a remedy' AND NOT EXISTS (
            SELECT FROM monitoring_responsemove
            WHERE response_id = NEW.response_id AND verb = 'say the cause')) THEN
        RAISE EXCEPTION 'the % may not % now', NEW.side, NEW.verb
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_response_move_in_turn BEFORE INSERT ON monitoring_responsemove
    FOR EACH ROW EXECUTE FUNCTION monitoring_response_move_in_turn();
ALTER TABLE monitoring_responsemove ENABLE ALWAYS TRIGGER monitoring_response_move_in_turn;
"""
_HOOKS: Final = """
CREATE FUNCTION monitoring_hook_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.answers'));
    IF NEW.number <> (SELECT count(*) + 1 FROM monitoring_hook WHERE place_id = NEW.place_id) THEN
        RAISE EXCEPTION 'addresses of a place are numbered in turn'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_hook_in_turn BEFORE INSERT ON monitoring_hook
    FOR EACH ROW EXECUTE FUNCTION monitoring_hook_in_turn();
ALTER TABLE monitoring_hook ENABLE ALWAYS TRIGGER monitoring_hook_in_turn;

CREATE FUNCTION monitoring_hook_sends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM monitoring_hookend WHERE hook_id = NEW.hook_id)
        OR (SELECT place_id FROM monitoring_hook WHERE id = NEW.hook_id)
            <> (SELECT place_id FROM monitoring_finding WHERE id = NEW.finding_id) THEN
        RAISE EXCEPTION 'nothing of another place, and nothing after its end, is sent there'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER monitoring_hook_sends BEFORE INSERT ON monitoring_hooksending
    FOR EACH ROW EXECUTE FUNCTION monitoring_hook_sends();
ALTER TABLE monitoring_hooksending ENABLE ALWAYS TRIGGER monitoring_hook_sends;
"""


def _any_of(moves: tuple[tuple[str, str, str], ...]) -> models.Q:
    lawful = [models.Q(before=before, verb=verb, after=after) for before, verb, after in moves]
    return models.Q(*lawful, _connector=models.Q.OR)


class Migration(migrations.Migration):
    """Only new."""

    dependencies: ClassVar = [("monitoring", "0001_watch")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Hook",
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
                ("address", models.CharField(max_length=500)),
                ("salt", models.CharField(max_length=64)),
                (
                    "check_digest",
                    models.CharField(help_text="SHA-256 of the secret.", max_length=64),
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
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HookEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("reason", models.TextField()),
                (
                    "hook",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="monitoring.hook",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HookSending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveIntegerField(help_text="Which try it was, from 1.")),
                ("on", models.DateTimeField()),
                (
                    "taken",
                    models.BooleanField(
                        help_text="Whether it was answered with a status of 200 to 299."
                    ),
                ),
                ("came", models.CharField(help_text="What came of it, in words.", max_length=200)),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitoring.finding",
                    ),
                ),
                (
                    "hook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sendings",
                        to="monitoring.hook",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("local_name", models.CharField(max_length=300)),
                ("central_name", models.CharField(max_length=300)),
                (
                    "agreement",
                    models.CharField(
                        blank=True,
                        help_text="In force, whose ladder holds: PLACE/NUMBER.",
                        max_length=100,
                    ),
                ),
                (
                    "days",
                    models.JSONField(
                        help_text="In how many days each thing is owed, as it was then."
                    ),
                ),
                (
                    "ladder",
                    models.JSONField(help_text="Who is asked at each step, and for how many days."),
                ),
                ("day", models.DateField(help_text="In England.")),
                ("reason", models.TextField(help_text="Why it was opened.")),
                (
                    "central",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="response",
                        to="monitoring.finding",
                    ),
                ),
                (
                    "local",
                    models.ForeignKey(
                        null=True,
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
            name="ResponseMove",
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
                ("verb", models.CharField(choices=_VERBS, max_length=24)),
                ("before", models.CharField(choices=_STAGES, max_length=32)),
                ("after", models.CharField(choices=_STAGES, max_length=32)),
                ("side", models.CharField(choices=_SIDES, max_length=8)),
                ("rung", models.PositiveIntegerField(help_text="The step after it, from 1.")),
                ("day", models.DateField(help_text="In England.")),
                ("words", models.TextField()),
                (
                    "evidence",
                    models.TextField(blank=True, help_text="A citation, or where it can be read."),
                ),
                (
                    "whom",
                    models.CharField(blank=True, help_text="Who does the remedy.", max_length=300),
                ),
                (
                    "paid_by",
                    models.CharField(blank=True, help_text="Who pays for it.", max_length=300),
                ),
                ("due_on", models.DateField(help_text="By which the remedy is done.", null=True)),
                (
                    "review_on",
                    models.DateField(help_text="On which both look at what it did.", null=True),
                ),
                (
                    "level",
                    models.FloatField(
                        help_text="At which the series is to be, in its unit.", null=True
                    ),
                ),
                (
                    "pays",
                    models.JSONField(
                        default=list, help_text="Promises of an agreement: PLACE/NUMBER/N."
                    ),
                ),
                ("ground", models.CharField(blank=True, choices=_GROUNDS, max_length=60)),
                (
                    "digest",
                    models.CharField(
                        blank=True, help_text="SHA-256 of the series' text.", max_length=64
                    ),
                ),
                (
                    "shown",
                    models.TextField(blank=True, help_text="What the series shows, in words."),
                ),
                (
                    "decision",
                    models.CharField(blank=True, help_text="As it is cited.", max_length=100),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="monitoring.response",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.AddConstraint(
            model_name="hook",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="hook_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="hook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("address__startswith", "https://"),
                    ("check_digest__regex", "^[0-9a-f]{64}$"),
                    models.Q(("salt", ""), _negated=True),
                ),
                name="hook_is_signed_and_secure",
            ),
        ),
        migrations.AddConstraint(
            model_name="hooksending",
            constraint=models.UniqueConstraint(
                fields=("hook", "finding", "turn"), name="hook_sending_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="hooksending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken", True)),
                fields=("hook", "finding"),
                name="hook_takes_a_finding_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="response",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("local_name", ""), _negated=True),
                    models.Q(("central_name", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                ),
                name="response_names_both_owners_and_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsemove",
            constraint=models.UniqueConstraint(
                fields=("response", "turn"), name="response_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsemove",
            constraint=models.CheckConstraint(
                condition=_any_of(_MOVES), name="response_move_is_lawful"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsemove",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="response_move_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsemove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verb", "propose a remedy"), _negated=True),
                    models.Q(
                        models.Q(("whom", ""), _negated=True),
                        models.Q(("paid_by", ""), _negated=True),
                        ("due_on__gte", models.F("day")),
                        ("review_on__gte", models.F("due_on")),
                    ),
                    _connector="OR",
                ),
                name="response_remedy_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsemove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("verb__in", ["agree to close it", "ask to close it", "review it"]),
                        _negated=True,
                    ),
                    models.Q(
                        ("digest__regex", "^[0-9a-f]{64}$"), models.Q(("shown", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="response_rests_on_its_series",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsemove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verb__in", ["ask to close it", "agree to close it"]), _negated=True),
                    models.Q(("ground", ""), _negated=True),
                    _connector="OR",
                ),
                name="response_closes_on_a_ground",
            ),
        ),
        migrations.RunSQL(
            _NEVER_CHANGED + "".join(_GUARD.format(table=table) for table in _TABLES)
        ),
        migrations.RunSQL(_IN_TURN),
        migrations.RunSQL(_HOOKS),
    ]
