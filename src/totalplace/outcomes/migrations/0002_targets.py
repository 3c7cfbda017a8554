"""Target sets, their versions, and their adoption.

The database refuses to change what was said, versions and moves out of turn, and above all targets
that were not heard or are not decided: whoever asks it, the superuser too.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = (
    "targetset", "targetversion", "target", "targetstep", "targetpart", "targetmove", "adoption",
)  # fmt: skip
_NEVER_CHANGED: Final = """
CREATE FUNCTION outcomes_targets_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was proposed or adopted is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Make a later version.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON outcomes_{table} FROM totalplace_app;
CREATE TRIGGER outcomes_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON outcomes_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION outcomes_targets_refuse_change();
ALTER TABLE outcomes_{table} ENABLE ALWAYS TRIGGER outcomes_{table}_never_changed;
"""
# What is adopted is what was heard: a version after the opening of its hearing names an answer that
# stands and says that something changed.
_VERSIONS: Final = """
CREATE FUNCTION outcomes_targets_cited(which bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT place.code || '/' || one.number
            FROM outcomes_targetset one JOIN places_place place ON place.id = one.place_id
            WHERE one.id = which);
END $$;

CREATE FUNCTION outcomes_targets_answer_changed(hearing bigint, answered integer)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((
        SELECT answer.changed FROM participation_answer answer
        WHERE answer.hearing_id = hearing AND answer.number = answered
            AND NOT EXISTS (SELECT FROM participation_answer later
                            WHERE later.point_id = answer.point_id
                                AND later.number > answer.number)), false);
END $$;

CREATE FUNCTION outcomes_target_version_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last outcomes_targetversion%ROWTYPE;
    stage text;
    hearing bigint;
    opened timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.targets'));
    SELECT * INTO last FROM outcomes_targetversion
        WHERE set_id = NEW.set_id ORDER BY turn DESC LIMIT 1;
    SELECT after INTO stage FROM outcomes_targetmove
        WHERE set_id = NEW.set_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1 OR NEW.on < last.on
        OR coalesce(stage, 'a draft') NOT IN ('a draft', 'proposed')
        OR (stage = 'proposed' AND NEW.number <> last.number + 1)
        OR (stage IS NULL AND (NEW.number > 1 OR coalesce(last.number, 0) > 0)) THEN
        RAISE EXCEPTION 'version % of the targets is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    hearing := participation_hearing_of(
        'targets', outcomes_targets_cited(NEW.set_id));
    SELECT move.on INTO opened FROM participation_hearingmove move
        WHERE move.hearing_id = hearing AND move.verb = 'open';
    IF opened IS NOT NULL AND NOT (
        NEW.because IS NOT NULL AND outcomes_targets_answer_changed(hearing, NEW.because)) THEN
        RAISE EXCEPTION 'the targets are being heard, and no answer led to this version'
            USING ERRCODE = 'restrict_violation';
    ELSIF opened IS NULL AND NEW.because IS NOT NULL THEN
        RAISE EXCEPTION 'the targets are not being heard, so no answer led to this version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outcomes_target_version_in_turn BEFORE INSERT ON outcomes_targetversion
    FOR EACH ROW EXECUTE FUNCTION outcomes_target_version_in_turn();
ALTER TABLE outcomes_targetversion ENABLE ALWAYS TRIGGER outcomes_target_version_in_turn;
"""
# A version is whole once it is committed: nothing is put into it by a later transaction. The row of
# a transaction of one's own is the only one that is seen and whose transaction is in progress.
_WHOLE: Final = """
CREATE FUNCTION outcomes_target_is_being_written(writer xid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32)
        | writer::text::bigint)::text::xid8) IS NOT DISTINCT FROM 'in progress';
END $$;

CREATE FUNCTION outcomes_target_line_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    writer xid;
BEGIN
    IF TG_TABLE_NAME = 'outcomes_target' THEN
        SELECT xmin INTO writer FROM outcomes_targetversion WHERE id = NEW.version_id;
    ELSE
        SELECT xmin INTO writer FROM outcomes_target WHERE id = NEW.target_id;
    END IF;
    IF writer IS NULL OR NOT outcomes_target_is_being_written(writer) THEN
        RAISE EXCEPTION 'nothing is put into a version that stands'
            USING ERRCODE = 'restrict_violation', HINT = 'Make a later version.';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION outcomes_target_is_shared_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(share) FROM outcomes_targetpart WHERE target_id = NEW.id) IS DISTINCT FROM 100
        OR NOT EXISTS (SELECT FROM outcomes_targetstep WHERE target_id = NEW.id) THEN
        RAISE EXCEPTION 'target % has no step, or its shares do not come to 100', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER outcomes_target_is_shared_out AFTER INSERT ON outcomes_target
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION outcomes_target_is_shared_out();
ALTER TABLE outcomes_target ENABLE ALWAYS TRIGGER outcomes_target_is_shared_out;
"""
_LINE: Final = """
CREATE TRIGGER outcomes_{table}_belongs BEFORE INSERT ON outcomes_{table}
    FOR EACH ROW EXECUTE FUNCTION outcomes_target_line_belongs();
ALTER TABLE outcomes_{table} ENABLE ALWAYS TRIGGER outcomes_{table}_belongs;
"""
_MOVES: Final = """
CREATE FUNCTION outcomes_target_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last outcomes_targetmove%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.targets'));
    SELECT * INTO last FROM outcomes_targetmove
        WHERE set_id = NEW.set_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1 OR NEW.day < last.day
        OR NEW.before <> coalesce(last.after, 'a draft')
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'move % of the targets is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.verb = 'propose' AND NOT EXISTS (
            SELECT FROM outcomes_targetversion v JOIN outcomes_target t ON t.version_id = v.id
            WHERE v.set_id = NEW.set_id AND v.number = 1))
        OR (NEW.verb = 'adopt' AND NOT EXISTS (
            SELECT FROM outcomes_adoption a WHERE a.set_id = NEW.set_id AND a.day = NEW.day))
        OR (NEW.verb = 'supersede' AND NOT EXISTS (
            SELECT FROM outcomes_adoption later
            JOIN outcomes_targetset its ON its.id = later.set_id
            JOIN outcomes_targetset prior
                ON prior.id = NEW.set_id AND prior.place_id = its.place_id
            JOIN outcomes_adoption a ON a.set_id = prior.id AND a.id < later.id)) THEN
        RAISE EXCEPTION 'nothing stands behind the move ''%'' of the targets', NEW.verb
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outcomes_target_move_in_turn BEFORE INSERT ON outcomes_targetmove
    FOR EACH ROW EXECUTE FUNCTION outcomes_target_move_in_turn();
ALTER TABLE outcomes_targetmove ENABLE ALWAYS TRIGGER outcomes_target_move_in_turn;
"""
# The kinds of body are those of definitions/adopting_targets.yaml; a test holds the two together.
_ADOPTION: Final = """
CREATE FUNCTION outcomes_adoption_lacks(
    which bigint, what bigint, under text, day date
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    cited text := outcomes_targets_cited(which);
    its outcomes_targetset%ROWTYPE;
    heard bigint := participation_hearing_of('targets', cited);
    opened timestamptz;
    lacks text;
BEGIN
    SELECT * INTO its FROM outcomes_targetset WHERE id = which;
    IF day > (now() AT TIME ZONE 'Europe/London')::date THEN
        RETURN 'that day has not come';
    END IF;
    IF coalesce((SELECT after FROM outcomes_targetmove WHERE set_id = which
                 ORDER BY turn DESC LIMIT 1), 'a draft') <> 'proposed' THEN
        RETURN 'the targets are not proposed';
    END IF;
    IF what IS DISTINCT FROM (SELECT v.id FROM outcomes_targetversion v WHERE v.set_id = which
                              ORDER BY v.turn DESC LIMIT 1) THEN
        RETURN 'it is not their last version';
    END IF;
    lacks := participation_lacks('targets', cited, day);
    IF lacks IS NOT NULL THEN
        RETURN lacks;
    END IF;
    lacks := decisions_lacks(under, 'targets', cited, day);
    IF lacks IS NOT NULL THEN
        RETURN lacks;
    END IF;
    SELECT move.on INTO opened FROM participation_hearingmove move
        WHERE move.hearing_id = heard AND move.verb = 'open';
    IF NOT EXISTS (SELECT FROM outcomes_targetversion v
                   WHERE v.set_id = which AND v.number > 0 AND v.on <= opened) THEN
        RETURN 'what was heard is not these targets';
    END IF;
    IF EXISTS (SELECT FROM outcomes_targetversion v WHERE v.set_id = which AND v.on > opened
               AND NOT (v.because IS NOT NULL
                        AND outcomes_targets_answer_changed(heard, v.because))) THEN
        RETURN 'a version after the hearing was opened rests on no answer';
    END IF;
    IF EXISTS (SELECT FROM outcomes_target t
               JOIN outcomes_targetpart p ON p.target_id = t.id AND p.agency_id IS NOT NULL
               WHERE t.version_id = what AND (p.share > 0 OR p.pence > 0)
               AND NOT EXISTS (SELECT FROM participation_consultee asked
                               WHERE asked.hearing_id = heard AND asked.agency_id = p.agency_id))
    THEN
        RETURN 'an agency with a target or money in it was not asked';
    END IF;
    IF NOT EXISTS (SELECT FROM decisions_decision d
                   JOIN decisions_body b ON b.id = d.body_id AND b.agency_id = its.agency_id
                   WHERE b.code || '/' || d.number = under
                   AND b.kind IN ('full-council', 'combined-authority')) THEN
        RETURN 'the decision is not of the body that sets the policy of the accountable agency';
    END IF;
    IF EXISTS (SELECT FROM outcomes_targetversion v
               JOIN decisions_move m ON m.verb = 'take'
               JOIN decisions_decision d ON d.id = m.decision_id
               JOIN decisions_body b ON b.id = d.body_id AND b.code || '/' || d.number = under
               WHERE v.id = what AND (v.on > m.on
                   OR (v.on AT TIME ZONE 'Europe/London')::date > m.taken_on)) THEN
        RETURN 'the targets were changed after it was decided to adopt them';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION outcomes_adoption_is_heard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lacks text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.targets'));
    lacks := outcomes_adoption_lacks(NEW.set_id, NEW.version_id, NEW.decision, NEW.day);
    IF lacks IS NOT NULL THEN
        RAISE EXCEPTION 'the targets cannot be adopted: %', lacks
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outcomes_adoption_is_heard BEFORE INSERT ON outcomes_adoption
    FOR EACH ROW EXECUTE FUNCTION outcomes_adoption_is_heard();
ALTER TABLE outcomes_adoption ENABLE ALWAYS TRIGGER outcomes_adoption_is_heard;
"""


class Migration(migrations.Migration):
    """Target sets, their versions, and their adoption. There is no way back, on purpose."""

    dependencies: ClassVar = [
        ("outcomes", "0001_readings"),
        ("places", "0005_officers_and_mandates"),
        ("decisions", "0004_lacking"),
        ("participation", "0001_hearings"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("indicator", models.CharField(max_length=200)),
                ("area", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=300)),
                ("unit", models.CharField(max_length=100)),
                (
                    "better",
                    models.CharField(
                        choices=[("higher", "higher"), ("lower", "lower"), ("neither", "neither")],
                        max_length=8,
                    ),
                ),
                ("baseline", models.DecimalField(decimal_places=4, max_digits=16, null=True)),
                ("baseline_period", models.TextField(blank=True)),
                ("baseline_source", models.TextField(blank=True)),
                ("why_no_baseline", models.TextField(blank=True)),
                ("why", models.TextField()),
                ("against", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["line"],
            },
        ),
        migrations.CreateModel(
            name="TargetSet",
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
                ("title", models.CharField(max_length=300)),
                ("why", models.TextField()),
                (
                    "first_year",
                    models.PositiveIntegerField(help_text="In which its first year begins."),
                ),
                (
                    "last_year",
                    models.PositiveIntegerField(help_text="In which its last year begins."),
                ),
                (
                    "agency",
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
            name="TargetMove",
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
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("propose", "propose"),
                            ("adopt", "adopt"),
                            ("supersede", "supersede"),
                            ("withdraw", "withdraw"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("a draft", "a draft"),
                            ("proposed", "proposed"),
                            ("adopted", "adopted"),
                            ("superseded", "superseded"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("a draft", "a draft"),
                            ("proposed", "proposed"),
                            ("adopted", "adopted"),
                            ("superseded", "superseded"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                ("day", models.DateField(help_text="In England.")),
                ("reason", models.TextField()),
                (
                    "set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="outcomes.targetset",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="TargetStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=16)),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="outcomes.target",
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="TargetVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap, drafts too.")),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="From 1 once it is proposed; 0: a draft."
                    ),
                ),
                (
                    "because",
                    models.PositiveIntegerField(help_text="The answer that led to it.", null=True),
                ),
                ("reason", models.TextField()),
                (
                    "set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="outcomes.targetset",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.AddField(
            model_name="target",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="outcomes.targetversion",
            ),
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("decision", models.TextField(help_text="As it is cited: BODY/NUMBER.")),
                ("hearing", models.TextField(help_text="As it is cited.")),
                ("day", models.DateField(help_text="In England.")),
                (
                    "set",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoption",
                        to="outcomes.targetset",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outcomes.targetversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TargetPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("share", models.PositiveIntegerField(help_text="In per cent.")),
                (
                    "pence",
                    models.BigIntegerField(help_text="Put beside it; empty: not known.", null=True),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="outcomes.target",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("target", "agency"),
                        name="agency_has_one_part",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("share__lte", 100),
                            models.Q(("pence__isnull", True), ("pence__gte", 0), _connector="OR"),
                            models.Q(
                                ("agency__isnull", False), ("pence__isnull", True), _connector="OR"
                            ),
                        ),
                        name="part_is_of_a_hundred",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="targetset",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="target_set_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    ("number__gte", 1),
                ),
                name="target_set_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetset",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_year__lte", models.F("last_year"))),
                name="target_set_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetmove",
            constraint=models.UniqueConstraint(
                fields=("set", "turn"), name="target_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "proposed"), ("before", "a draft"), ("verb", "propose")),
                    models.Q(("after", "adopted"), ("before", "proposed"), ("verb", "adopt")),
                    models.Q(("after", "superseded"), ("before", "adopted"), ("verb", "supersede")),
                    models.Q(("after", "withdrawn"), ("before", "a draft"), ("verb", "withdraw")),
                    models.Q(("after", "withdrawn"), ("before", "proposed"), ("verb", "withdraw")),
                    _connector="OR",
                ),
                name="target_move_is_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="target_move_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetstep",
            constraint=models.UniqueConstraint(
                fields=("target", "day"), name="target_has_one_step_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetversion",
            constraint=models.UniqueConstraint(
                fields=("set", "turn"), name="target_version_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__gte", 1)),
                fields=("set", "number"),
                name="target_version_has_its_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="target_version_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("version", "line"), name="target_has_its_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                fields=("version", "indicator", "area"), name="outcome_has_one_target"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("baseline__isnull", False),
                        models.Q(("baseline_period", ""), _negated=True),
                        models.Q(("baseline_source", ""), _negated=True),
                    ),
                    models.Q(
                        ("baseline__isnull", True), models.Q(("why_no_baseline", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="target_has_a_baseline_or_says_why_not",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("why", ""), _negated=True), name="target_says_why"
            ),
        ),
        migrations.RunSQL(
            _NEVER_CHANGED
            + "".join(_GUARD.format(table=table) for table in _TABLES)
            + _VERSIONS
            + _WHOLE
            + "".join(_LINE.format(table=t) for t in ("target", "targetstep", "targetpart"))
            + _MOVES
            + _ADOPTION
        ),
    ]
