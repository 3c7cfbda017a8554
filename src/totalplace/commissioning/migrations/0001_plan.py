"""Plans, their versions and what agencies answered.

The database refuses to change what was said, versions and moves out of turn, and above all a plan
that was not heard, decided or stated on: whoever asks it, the superuser too.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = (
    "plan", "planversion", "plancandidate", "planline", "planpayment", "planmove", "plananswer",
    "planintent", "planreply", "planstatement", "allocation", "allocationposting",
)  # fmt: skip
_NEVER_CHANGED: Final = """
CREATE FUNCTION commissioning_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was planned, answered or adopted is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Make a later version.';
END $$;

CREATE FUNCTION commissioning_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'restrict_violation';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON commissioning_{table} FROM totalplace_app;
CREATE TRIGGER commissioning_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON commissioning_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();
ALTER TABLE commissioning_{table} ENABLE ALWAYS TRIGGER commissioning_{table}_never_changed;
"""
_TRIGGER: Final = """
CREATE TRIGGER commissioning_{name} BEFORE INSERT ON commissioning_{table}
    FOR EACH ROW EXECUTE FUNCTION commissioning_{name}();
ALTER TABLE commissioning_{table} ENABLE ALWAYS TRIGGER commissioning_{name};
"""
_WHOLE: Final = """
CREATE CONSTRAINT TRIGGER commissioning_{name} AFTER INSERT ON commissioning_{table}
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION commissioning_{name}();
ALTER TABLE commissioning_{table} ENABLE ALWAYS TRIGGER commissioning_{name};
"""
# What is adopted is what was heard: a version after the opening of its hearing names an answer that
# stands and says that something changed.
_VERSIONS: Final = """
CREATE FUNCTION commissioning_plan_cited(which bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT place.code || '/' || one.number
            FROM commissioning_plan one JOIN places_place place ON place.id = one.place_id
            WHERE one.id = which);
END $$;

CREATE FUNCTION commissioning_plan_stands(which bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((SELECT after FROM commissioning_planmove WHERE plan_id = which
                     ORDER BY turn DESC LIMIT 1), 'a draft');
END $$;

CREATE FUNCTION commissioning_last_version(which bigint) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT v.id FROM commissioning_planversion v WHERE v.plan_id = which
            ORDER BY v.turn DESC LIMIT 1);
END $$;

CREATE FUNCTION commissioning_hearing_opened(hearing bigint) RETURNS timestamptz
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT move.on FROM participation_hearingmove move
            WHERE move.hearing_id = hearing AND move.verb = 'open');
END $$;

CREATE FUNCTION commissioning_answer_changed(hearing bigint, answered integer)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((
        SELECT answer.changed FROM participation_answer answer
        WHERE answer.hearing_id = hearing AND answer.number = answered
            AND NOT EXISTS (SELECT FROM participation_answer later
                            WHERE later.point_id = answer.point_id
                                AND later.number > answer.number)), false);
END $$;

CREATE FUNCTION commissioning_version_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last commissioning_planversion%ROWTYPE;
    stage text := commissioning_plan_stands(NEW.plan_id);
    hearing bigint := participation_hearing_of('plan', commissioning_plan_cited(NEW.plan_id));
    opened timestamptz := commissioning_hearing_opened(hearing);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.plans'));
    SELECT * INTO last FROM commissioning_planversion
        WHERE plan_id = NEW.plan_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1 OR NEW.on < last.on
        OR stage NOT IN ('a draft', 'proposed')
        OR (stage = 'proposed' AND NEW.number <> last.number + 1)
        OR (stage = 'a draft' AND (NEW.number > 1 OR coalesce(last.number, 0) > 0)) THEN
        PERFORM commissioning_refuse('version ' || NEW.turn || ' of the plan is out of turn');
    END IF;
    IF NEW.digest <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        PERFORM commissioning_refuse('the digest is not that of the text');
    END IF;
    IF opened IS NOT NULL AND NOT (
        NEW.because IS NOT NULL AND commissioning_answer_changed(hearing, NEW.because)) THEN
        PERFORM commissioning_refuse('the plan is being heard, and no answer led to this version');
    ELSIF opened IS NULL AND NEW.because IS NOT NULL THEN
        PERFORM commissioning_refuse(
            'the plan is not being heard, so no answer led to this version');
    END IF;
    RETURN NEW;
END $$;
"""
# A version is whole once it is committed: nothing is put into it by a later transaction. The row of
# a transaction of one's own is the only one that is seen and whose transaction is in progress.
_PARTS: Final = """
CREATE FUNCTION commissioning_being_written(writer xid) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN writer IS NOT NULL AND pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32)
        | writer::text::bigint)::text::xid8) IS NOT DISTINCT FROM 'in progress';
END $$;

CREATE FUNCTION commissioning_part_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    outside bigint;
BEGIN
    IF TG_TABLE_NAME = 'commissioning_plancandidate' THEN
        SELECT count(*) INTO outside FROM put
            JOIN commissioning_planversion its ON its.id = put.version_id
            WHERE NOT commissioning_being_written(its.xmin);
    ELSIF TG_TABLE_NAME = 'commissioning_planline' THEN
        SELECT count(*) INTO outside FROM
            (SELECT DISTINCT its.xmin::text::xid AS writer FROM put
             JOIN commissioning_plancandidate its ON its.id = put.candidate_id) one
            WHERE NOT commissioning_being_written(one.writer);
    ELSIF TG_TABLE_NAME = 'commissioning_planpayment' THEN
        SELECT count(*) INTO outside FROM
            (SELECT DISTINCT its.xmin::text::xid AS writer FROM put
             JOIN commissioning_planline its ON its.id = put.line_id) one
            WHERE NOT commissioning_being_written(one.writer);
    ELSE
        SELECT count(*) INTO outside FROM put
            JOIN commissioning_plananswer its ON its.id = put.answer_id
            WHERE NOT commissioning_being_written(its.xmin);
    END IF;
    IF outside > 0 THEN
        PERFORM commissioning_refuse('nothing is put into what stands; make a later version');
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION commissioning_version_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM commissioning_plancandidate c WHERE c.version_id = NEW.id
        AND c.sort IN ('most-outcomes', 'fairest', 'least-change')) <> 3 THEN
        PERFORM commissioning_refuse('a version has three plans side by side');
    END IF;
    IF EXISTS (
        SELECT FROM commissioning_planline l
        JOIN commissioning_plancandidate c ON c.id = l.candidate_id
            AND c.sort IN ('most-outcomes', 'fairest', 'least-change')
        LEFT JOIN (SELECT p.line_id, sum(p.pence) AS paid FROM commissioning_planpayment p
                   GROUP BY p.line_id) its ON its.line_id = l.id
        WHERE c.version_id = NEW.id AND l.pence <> coalesce(its.paid, 0)) THEN
        PERFORM commissioning_refuse('a line of a plan is not paid for to the penny');
    END IF;
    RETURN NULL;
END $$;
"""
_PART: Final = """
CREATE TRIGGER commissioning_{table}_belongs AFTER INSERT ON commissioning_{table}
    REFERENCING NEW TABLE AS put
    FOR EACH STATEMENT EXECUTE FUNCTION commissioning_part_belongs();
ALTER TABLE commissioning_{table} ENABLE ALWAYS TRIGGER commissioning_{table}_belongs;
"""
_MOVES: Final = """
CREATE FUNCTION commissioning_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last commissioning_planmove%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.plans'));
    SELECT * INTO last FROM commissioning_planmove
        WHERE plan_id = NEW.plan_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1 OR NEW.day < last.day
        OR NEW.before <> coalesce(last.after, 'a draft')
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date THEN
        PERFORM commissioning_refuse('move ' || NEW.turn || ' of the plan is out of turn');
    END IF;
    IF (NEW.verb = 'propose' AND NOT EXISTS (
            SELECT FROM commissioning_planversion v
            WHERE v.plan_id = NEW.plan_id AND v.number = 1))
        OR (NEW.verb = 'adopt' AND NOT EXISTS (
            SELECT FROM commissioning_allocation a
            WHERE a.plan_id = NEW.plan_id AND a.day = NEW.day))
        OR (NEW.verb = 'supersede' AND NOT EXISTS (
            SELECT FROM commissioning_allocation later
            JOIN commissioning_plan its ON its.id = later.plan_id
            JOIN commissioning_plan prior
                ON prior.id = NEW.plan_id AND prior.place_id = its.place_id
            JOIN commissioning_allocation a ON a.plan_id = prior.id AND a.id < later.id)) THEN
        PERFORM commissioning_refuse('nothing stands behind the move ''' || NEW.verb
            || ''' of the plan');
    END IF;
    RETURN NEW;
END $$;
"""
_ANSWERS: Final = """
CREATE FUNCTION commissioning_answer_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.plans'));
    IF NEW.number <> 1 + coalesce((SELECT max(a.number) FROM commissioning_plananswer a
                                   WHERE a.plan_id = NEW.plan_id), 0)
        OR commissioning_plan_stands(NEW.plan_id) <> 'proposed'
        OR NEW.version_id IS DISTINCT FROM commissioning_last_version(NEW.plan_id) THEN
        PERFORM commissioning_refuse('answer ' || NEW.number || ' to the plan is out of turn');
    END IF;
    IF NOT EXISTS (
        SELECT FROM commissioning_plancandidate c
        JOIN commissioning_planversion v ON v.id = c.version_id AND c.sort = v.chosen
        JOIN commissioning_planline l ON l.candidate_id = c.id
        WHERE v.id = NEW.version_id AND l.agency_id = NEW.agency_id) THEN
        PERFORM commissioning_refuse('the agency has no part of the plan');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION commissioning_reply_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its commissioning_plananswer%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.plans'));
    SELECT * INTO its FROM commissioning_plananswer WHERE id = NEW.answer_id;
    IF its.accepts OR commissioning_plan_stands(its.plan_id) <> 'proposed'
        OR NEW.on < its.on
        OR (NEW.version_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM commissioning_planversion v
            JOIN commissioning_planversion contested ON contested.id = its.version_id
            WHERE v.id = NEW.version_id AND v.plan_id = its.plan_id
                AND v.turn > contested.turn)) THEN
        PERFORM commissioning_refuse('the reply does not fit what was contested');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION commissioning_statement_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its commissioning_planversion%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.plans'));
    SELECT * INTO its FROM commissioning_planversion WHERE id = NEW.version_id;
    IF NEW.digest <> its.digest OR commissioning_plan_stands(its.plan_id) <> 'proposed'
        OR its.id IS DISTINCT FROM commissioning_last_version(its.plan_id)
        OR NEW.on < its.on OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date
        OR NEW.day <> (NEW.on AT TIME ZONE 'Europe/London')::date THEN
        PERFORM commissioning_refuse('the statement is not on the plan as it stands');
    END IF;
    RETURN NEW;
END $$;
"""
# The kinds of body are those of definitions/adopting_plan.yaml; a test holds the two together.
_ADOPTION: Final = """
CREATE FUNCTION commissioning_not_as_heard(which bigint, what bigint) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    heard bigint := participation_hearing_of('plan', commissioning_plan_cited(which));
    opened timestamptz := commissioning_hearing_opened(heard);
BEGIN
    IF NOT EXISTS (SELECT FROM commissioning_planversion v
                   WHERE v.plan_id = which AND v.number > 0 AND v.on <= opened) THEN
        RETURN 'what was heard is not this plan';
    ELSIF EXISTS (SELECT FROM commissioning_planversion v WHERE v.plan_id = which AND v.on > opened
                  AND NOT (v.because IS NOT NULL
                           AND commissioning_answer_changed(heard, v.because))) THEN
        RETURN 'a version after the hearing was opened rests on no answer';
    ELSIF EXISTS (SELECT FROM commissioning_planversion v
                  JOIN commissioning_plancandidate c ON c.version_id = v.id AND c.sort = v.chosen
                  JOIN commissioning_planline l ON l.candidate_id = c.id
                  WHERE v.id = what AND (l.pence > 0 OR l.now > 0)
                  AND NOT EXISTS (SELECT FROM participation_consultee asked
                                  WHERE asked.hearing_id = heard
                                      AND asked.agency_id = l.agency_id)) THEN
        RETURN 'an agency with money in it was not asked';
    ELSIF EXISTS (SELECT FROM commissioning_plananswer a
                  WHERE a.plan_id = which AND NOT a.accepts
                  AND NOT EXISTS (SELECT FROM commissioning_plananswer later
                                  WHERE later.plan_id = which AND later.agency_id = a.agency_id
                                      AND later.number > a.number)
                  AND NOT EXISTS (SELECT FROM commissioning_planreply r WHERE r.answer_id = a.id))
    THEN
        RETURN 'a part that an agency contests has no answer';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION commissioning_adoption_lacks(
    which bigint, what bigint, under text, stated bigint, day date
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    cited text := commissioning_plan_cited(which);
    its commissioning_plan%ROWTYPE;
    version commissioning_planversion%ROWTYPE;
    statement commissioning_planstatement%ROWTYPE;
    taken decisions_move%ROWTYPE;
    lacks text;
BEGIN
    SELECT * INTO its FROM commissioning_plan WHERE id = which;
    SELECT * INTO version FROM commissioning_planversion WHERE id = what;
    SELECT * INTO statement FROM commissioning_planstatement WHERE id = stated;
    IF day > (now() AT TIME ZONE 'Europe/London')::date THEN
        RETURN 'that day has not come';
    ELSIF commissioning_plan_stands(which) <> 'proposed' THEN
        RETURN 'the plan is not proposed';
    ELSIF what IS DISTINCT FROM commissioning_last_version(which) THEN
        RETURN 'it is not its last version';
    END IF;
    lacks := coalesce(participation_lacks('plan', cited, day),
                      decisions_lacks(under, 'plan', cited, day),
                      commissioning_not_as_heard(which, what));
    IF lacks IS NOT NULL THEN
        RETURN lacks;
    END IF;
    SELECT m.* INTO taken FROM decisions_move m
        JOIN decisions_decision d ON d.id = m.decision_id
        JOIN decisions_body b ON b.id = d.body_id AND b.code || '/' || d.number = under
        WHERE m.verb = 'take' ORDER BY m.turn LIMIT 1;
    IF statement.version_id IS DISTINCT FROM what OR statement.digest <> version.digest THEN
        RETURN 'the chief finance officer has not stated on this very version';
    ELSIF statement.day > taken.taken_on OR statement.on > taken.on THEN
        RETURN 'the statement was made after the decision, which had to have regard to it';
    ELSIF NOT EXISTS (SELECT FROM decisions_decision d
                      JOIN decisions_body b ON b.id = d.body_id AND b.agency_id = its.agency_id
                      WHERE b.code || '/' || d.number = under
                      AND b.kind IN ('full-council', 'combined-authority')) THEN
        RETURN 'the decision is not of the body that sets the budget of the accountable agency';
    ELSIF version.on > taken.on
        OR (version.on AT TIME ZONE 'Europe/London')::date > taken.taken_on THEN
        RETURN 'the plan was changed after it was decided to adopt it';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION commissioning_adoption_is_heard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    lacks text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.plans'));
    lacks := commissioning_adoption_lacks(
        NEW.plan_id, NEW.version_id, NEW.decision, NEW.statement_id, NEW.day);
    IF lacks IS NOT NULL THEN
        PERFORM commissioning_refuse('the plan cannot be adopted: ' || lacks);
    END IF;
    RETURN NEW;
END $$;
"""
_OWN_TRIGGERS: Final = (
    ("version_in_turn", "planversion"),
    ("move_in_turn", "planmove"),
    ("answer_in_turn", "plananswer"),
    ("reply_fits", "planreply"),
    ("statement_fits", "planstatement"),
    ("adoption_is_heard", "allocation"),
)


class Migration(migrations.Migration):
    """Plans and allocations. There is no way back, on purpose."""

    initial = True
    dependencies: ClassVar = [
        ("agreements", "0003_keeping"),
        ("places", "0005_officers_and_mandates"),
        ("decisions", "0004_lacking"),
        ("participation", "0001_hearings"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="PlanCandidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("most-outcomes", "most-outcomes"),
                            ("fairest", "fairest"),
                            ("least-change", "least-change"),
                            ("last-year", "last-year"),
                            ("pro-rata", "pro-rata"),
                            ("by-priority", "by-priority"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "points",
                    models.FloatField(help_text="100: every outcome the whole way for one year."),
                ),
                (
                    "bound",
                    models.FloatField(
                        help_text="No plan reaches more; empty: a baseline.", null=True
                    ),
                ),
                ("method", models.TextField(blank=True)),
                ("moved_pence", models.BigIntegerField()),
                (
                    "broken",
                    models.PositiveIntegerField(help_text="How many demands it does not meet."),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Plan",
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
            name="PlanAnswer",
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
                    models.PositiveIntegerField(help_text="From 1 in its plan, with no gap."),
                ),
                ("accepts", models.BooleanField()),
                (
                    "words",
                    models.TextField(
                        help_text="Why, where it is contested; or what is to be known."
                    ),
                ),
                ("power", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="commissioning.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="PlanIntent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("option", models.CharField(max_length=200)),
                ("indicator", models.CharField(max_length=200)),
                ("area", models.CharField(max_length=64)),
                (
                    "pence",
                    models.BigIntegerField(help_text="Over all years; empty: not said.", null=True),
                ),
                ("words", models.TextField()),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intents",
                        to="commissioning.plananswer",
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "line",
                    models.PositiveIntegerField(
                        help_text="Its place among the lines of the problem."
                    ),
                ),
                ("option", models.CharField(max_length=200)),
                (
                    "year",
                    models.PositiveIntegerField(help_text="In which the financial year begins."),
                ),
                ("pence", models.BigIntegerField()),
                ("now", models.BigIntegerField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="commissioning.plancandidate",
                    ),
                ),
            ],
            options={
                "ordering": ["line"],
            },
        ),
        migrations.CreateModel(
            name="PlanMove",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="commissioning.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="PlanPayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fund", models.CharField(max_length=200)),
                ("pence", models.BigIntegerField()),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payments",
                        to="commissioning.planline",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
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
                ("text", models.TextField(help_text="The whole case, in its one set form.")),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the text, in hexadecimals.", max_length=64
                    ),
                ),
                (
                    "first_year",
                    models.PositiveIntegerField(help_text="In which its first year begins."),
                ),
                ("years", models.PositiveIntegerField()),
                (
                    "chosen",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("most-outcomes", "most-outcomes"),
                            ("fairest", "fairest"),
                            ("least-change", "least-change"),
                            ("last-year", "last-year"),
                            ("pro-rata", "pro-rata"),
                            ("by-priority", "by-priority"),
                        ],
                        max_length=20,
                    ),
                ),
                ("chosen_because", models.TextField(blank=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="commissioning.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="PlanStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("digest", models.CharField(help_text="Of the text that it is on.", max_length=64)),
                ("day", models.DateField(help_text="In England.")),
                ("robustness", models.TextField(help_text="Of the estimates.")),
                ("reserves", models.TextField(help_text="Whether they are adequate.")),
                ("power", models.TextField()),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="commissioning.planversion",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PlanReply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("words", models.TextField()),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply",
                        to="commissioning.plananswer",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        help_text="Empty: nothing changed.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commissioning.planversion",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="plancandidate",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="candidates",
                to="commissioning.planversion",
            ),
        ),
        migrations.AddField(
            model_name="plananswer",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="commissioning.planversion",
            ),
        ),
        migrations.CreateModel(
            name="Allocation",
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
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocation",
                        to="commissioning.plan",
                    ),
                ),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commissioning.planstatement",
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commissioning.planversion",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AllocationPosting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("book", models.CharField(max_length=64)),
                ("first", models.PositiveBigIntegerField(help_text="Number of its first posting.")),
                ("last", models.PositiveBigIntegerField(help_text="Number of its last posting.")),
                (
                    "allocation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posting",
                        to="commissioning.allocation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lte", models.F("last"))),
                        name="allocation_posting_is_in_order",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="plan_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("why", ""), _negated=True),
                    ("number__gte", 1),
                ),
                name="plan_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="planintent",
            constraint=models.UniqueConstraint(
                fields=("answer", "line"), name="plan_intent_has_its_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="planintent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True),
                    models.Q(("pence__isnull", True), ("pence__gte", 0), _connector="OR"),
                ),
                name="plan_intent_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.UniqueConstraint(
                fields=("candidate", "line"), name="plan_line_has_its_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.UniqueConstraint(
                fields=("candidate", "option", "year"), name="option_has_one_line_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="planline",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__gte", 0), ("now__gte", 0)), name="plan_line_is_no_debt"
            ),
        ),
        migrations.AddConstraint(
            model_name="planmove",
            constraint=models.UniqueConstraint(
                fields=("plan", "turn"), name="plan_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="planmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "proposed"), ("before", "a draft"), ("verb", "propose")),
                    models.Q(("after", "adopted"), ("before", "proposed"), ("verb", "adopt")),
                    models.Q(("after", "superseded"), ("before", "adopted"), ("verb", "supersede")),
                    models.Q(("after", "withdrawn"), ("before", "a draft"), ("verb", "withdraw")),
                    models.Q(("after", "withdrawn"), ("before", "proposed"), ("verb", "withdraw")),
                    _connector="OR",
                ),
                name="plan_move_is_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="planmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="plan_move_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="planpayment",
            constraint=models.UniqueConstraint(
                fields=("line", "fund"), name="fund_pays_a_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="planpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("pence__gt", 0)), name="payment_is_of_money"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(
                fields=("plan", "turn"), name="plan_version_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__gte", 1)),
                fields=("plan", "number"),
                name="plan_version_has_its_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("reason", ""), _negated=True), ("years__gte", 1)),
                name="plan_version_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="planversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 0),
                    models.Q(
                        ("chosen__in", ["fairest", "least-change", "most-outcomes"]),
                        models.Q(("chosen_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proposed_version_names_one_plan_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="planstatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("robustness", ""), _negated=True),
                    models.Q(("reserves", ""), _negated=True),
                ),
                name="plan_statement_is_on_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="planreply",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="plan_reply_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="plancandidate",
            constraint=models.UniqueConstraint(
                fields=("version", "sort"), name="candidate_is_of_its_sort"
            ),
        ),
        migrations.AddConstraint(
            model_name="plancandidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("sort__in", ["fairest", "least-change", "most-outcomes"]), _negated=True
                    ),
                    models.Q(("bound__isnull", False), ("broken", 0)),
                    _connector="OR",
                ),
                name="candidate_meets_every_demand",
            ),
        ),
        migrations.AddConstraint(
            model_name="plancandidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), ("moved_pence__gte", 0)
                ),
                name="candidate_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="plananswer",
            constraint=models.UniqueConstraint(
                fields=("plan", "number"), name="plan_answer_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="plananswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="plan_answer_says_why"
            ),
        ),
        migrations.RunSQL(
            _NEVER_CHANGED
            + "".join(_GUARD.format(table=table) for table in _TABLES)
            + _VERSIONS
            + _PARTS
            + _MOVES
            + _ANSWERS
            + _ADOPTION
            + "".join(_TRIGGER.format(name=n, table=t) for n, t in _OWN_TRIGGERS)
            + _WHOLE.format(name="version_is_whole", table="planversion")
            + "".join(
                _PART.format(table=t)
                for t in ("plancandidate", "planline", "planpayment", "planintent")
            )
        ),
    ]
