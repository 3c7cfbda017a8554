"""Hearings: what is asked, of whom, and how it was answered; and the gate, in the database."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

# The functions are those of `participation.rules.gate`; a test runs both over the same histories.
_CHANGE: Final = """
CREATE FUNCTION participation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said in a hearing is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Say it again, or begin a new hearing.';
END $$;

CREATE FUNCTION participation_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION participation_today() RETURNS date LANGUAGE sql VOLATILE AS
    $$ SELECT (clock_timestamp() AT TIME ZONE 'Europe/London')::date $$;
"""
_STANDING: Final = """
CREATE FUNCTION participation_closing_day(hearing bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT m.last_day FROM participation_hearingmove m
    WHERE m.hearing_id = $1 AND m.last_day IS NOT NULL ORDER BY m.turn DESC LIMIT 1
$$;

CREATE FUNCTION participation_stands(hearing bigint, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    held text := (SELECT m.after FROM participation_hearingmove m
                  WHERE m.hearing_id = $1 ORDER BY m.turn DESC LIMIT 1);
BEGIN
    IF held = 'open' AND $2 > participation_closing_day($1) THEN RETURN 'closed'; END IF;
    RETURN coalesce(held, 'draft');
END $$;

CREATE FUNCTION participation_last_act(hearing bigint) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT greatest(
        (SELECT max(m.day) FROM participation_hearingmove m
            WHERE m.hearing_id = $1 AND m.verb <> 'conclude'),
        (SELECT max(r.day) FROM participation_reply r WHERE r.hearing_id = $1),
        (SELECT max(p.day) FROM participation_point p WHERE p.hearing_id = $1),
        (SELECT max(a.day) FROM participation_answer a WHERE a.hearing_id = $1),
        (SELECT max(f.day) FROM participation_partfinished f WHERE f.hearing_id = $1))
$$;

CREATE FUNCTION participation_hearing_of(kind text, id text) RETURNS bigint
LANGUAGE sql STABLE AS $$
    -- The hearing that counts: the last that was opened, of those that are not withdrawn.
    SELECT h.id FROM participation_hearing h
        JOIN participation_hearingmove o ON o.hearing_id = h.id AND o.verb = 'open'
    WHERE h.about_kind = $1 AND h.about_id = $2
        AND NOT EXISTS (SELECT 1 FROM participation_hearingmove w
                        WHERE w.hearing_id = h.id AND w.verb = 'withdraw')
    ORDER BY o.id DESC LIMIT 1
$$;

CREATE FUNCTION participation_concluded_on(kind text, id text) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT m.day FROM participation_hearingmove m
    WHERE m.hearing_id = participation_hearing_of($1, $2) AND m.verb = 'conclude'
$$;

-- Nothing is decided before the day after those concerned were heard: the decisions' room asks.
CREATE OR REPLACE FUNCTION decisions_not_before(kind text, id text) RETURNS date
LANGUAGE sql STABLE AS $$ SELECT participation_concluded_on($1, $2) $$;
"""
_LACKING: Final = """
CREATE FUNCTION participation_unanswered(hearing bigint) RETURNS text LANGUAGE sql STABLE AS $$
    -- An objection or a condition that its own agency has replaced in time needs no answer.
    WITH standing AS (
        SELECT r.* FROM participation_reply r
        WHERE r.hearing_id = $1 AND NOT r.late AND NOT EXISTS (
            SELECT 1 FROM participation_reply l WHERE l.hearing_id = $1
                AND l.agency_id = r.agency_id AND NOT l.late AND l.turn > r.turn))
    SELECT said FROM (
        SELECT 'point ' || p.number || ' (' || p.kind || ') has no answer' AS said, p.number AS n
        FROM participation_point p
        WHERE p.hearing_id = $1
            AND NOT EXISTS (SELECT 1 FROM participation_answer a WHERE a.point_id = p.id)
            AND (p.kind NOT IN ('objection', 'agree if')
                 OR p.reply_id IN (SELECT s.id FROM standing s))
        UNION ALL
        SELECT 'reply ' || s.turn || ' (' || s.stance || ') has no answer', 0
        FROM standing s
        WHERE s.stance <> 'agree'
            AND NOT EXISTS (SELECT 1 FROM participation_point p WHERE p.reply_id = s.id)
    ) lacks ORDER BY n LIMIT 1
$$;

CREATE FUNCTION participation_lacks_to_conclude(hearing bigint, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    opened participation_hearingmove%ROWTYPE;
    closing date := participation_closing_day($1);
BEGIN
    SELECT m.* INTO opened FROM participation_hearingmove m
        WHERE m.hearing_id = $1 AND m.verb = 'open';
    IF opened.id IS NULL OR $2 <= closing THEN
        RETURN 'the hearing is open until the end of ' || coalesce(closing::text, 'a day not said');
    ELSIF participation_unanswered($1) IS NOT NULL THEN
        RETURN participation_unanswered($1);
    ELSIF opened.asks_partnership AND NOT EXISTS (
        SELECT 1 FROM participation_partfinished f
        WHERE f.hearing_id = $1 AND f.part = 'partnership') THEN
        RETURN 'the part of the partnership is not finished';
    ELSIF opened.asks_public AND NOT EXISTS (
        SELECT 1 FROM participation_partfinished f
        WHERE f.hearing_id = $1 AND f.part = 'public') THEN
        RETURN 'the part of the public is not finished';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION participation_lacks(kind text, id text, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    hearing bigint := participation_hearing_of($1, $2);
    opened participation_hearingmove%ROWTYPE;
    concluded date := participation_concluded_on($1, $2);
    lacks text;
BEGIN
    IF $3 IS NULL OR $3 > participation_today() THEN RETURN 'that day has not come'; END IF;
    IF hearing IS NULL THEN RETURN 'nobody was heard on this'; END IF;
    SELECT m.* INTO opened FROM participation_hearingmove m
        WHERE m.hearing_id = hearing AND m.verb = 'open';
    SELECT c.name || ' was asked too late' INTO lacks FROM participation_consultee c
        WHERE c.hearing_id = hearing AND c.day > opened.day LIMIT 1;
    IF lacks IS NOT NULL THEN RETURN lacks; END IF;
    IF NOT opened.asks_public THEN RETURN 'the public was not asked'; END IF;
    lacks := participation_lacks_to_conclude(hearing, $3);
    IF lacks IS NOT NULL THEN RETURN lacks; END IF;
    IF concluded IS NULL THEN RETURN 'the hearing is not concluded'; END IF;
    IF concluded > $3 THEN RETURN 'the hearing was concluded on ' || concluded; END IF;
    IF concluded <= participation_closing_day(hearing)
        OR concluded < participation_last_act(hearing) THEN
        RETURN 'the hearing is said to be concluded before it was closed or all was said';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION participation_asked(kind text, id text, agency text, day date) RETURNS boolean
LANGUAGE sql STABLE AS $$
    -- Whether an agency was asked, by a day, in the hearing that counts.
    SELECT EXISTS (
        SELECT 1 FROM participation_consultee c JOIN places_agency a ON a.id = c.agency_id
        WHERE c.hearing_id = participation_hearing_of($1, $2) AND a.code = $3 AND c.day <= $4)
$$;
"""
_IN_ORDER: Final = """
CREATE FUNCTION participation_in_order(hearing bigint, moment timestamptz, day date, stages text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.participation'));
    IF $3 IS DISTINCT FROM ($2 AT TIME ZONE 'Europe/London')::date
        OR $3 > participation_today() THEN
        PERFORM participation_refuse('the day is not that of the act, or has not come');
    ELSIF $3 < participation_last_act($1) THEN
        PERFORM participation_refuse('nothing is said in a hearing before what was said last');
    ELSIF NOT participation_stands($1, $3) = ANY ($4) THEN
        PERFORM participation_refuse('the hearing is ' || participation_stands($1, $3)
            || ', and this needs one that is ' || array_to_string($4, ' or '));
    END IF;
END $$;

CREATE FUNCTION participation_next(found integer, given integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF $2 IS DISTINCT FROM coalesce($1, 0) + 1 THEN
        PERFORM participation_refuse('number ' || $2 || ' is out of turn');
    END IF;
END $$;
"""
_MOVES: Final = """
CREATE FUNCTION participation_hearing_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.participation'));
    PERFORM participation_next((SELECT max(h.number) FROM participation_hearing h), NEW.number);
    RETURN NEW;
END $$;

CREATE FUNCTION participation_in_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day date := (NEW.on AT TIME ZONE 'Europe/London')::date;
    hearing bigint;
BEGIN
    IF TG_TABLE_NAME = 'participation_paperleftout' THEN
        hearing := (SELECT p.hearing_id FROM participation_hearingpaper p
                    WHERE p.id = NEW.paper_id);
    ELSE
        hearing := NEW.hearing_id;
    END IF;
    PERFORM participation_in_order(hearing, NEW.on, day, ARRAY['draft']);
    RETURN NEW;
END $$;

CREATE FUNCTION participation_asks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM participation_in_order(NEW.hearing_id, NEW.on, NEW.day, ARRAY['draft']);
    RETURN NEW;
END $$;

CREATE FUNCTION participation_opens(opening participation_hearingmove) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    hearing participation_hearing%ROWTYPE;
    other bigint;
BEGIN
    SELECT h.* INTO hearing FROM participation_hearing h WHERE h.id = opening.hearing_id;
    other := participation_hearing_of(hearing.about_kind, hearing.about_id);
    IF opening.digest <> encode(sha256(convert_to(opening.frozen, 'UTF8')), 'hex') THEN
        PERFORM participation_refuse('the digest is not that of what is frozen');
    ELSIF opening.day < (hearing.on AT TIME ZONE 'Europe/London')::date THEN
        PERFORM participation_refuse('a hearing cannot open before it was begun');
    ELSIF decisions_decided(hearing.about_kind, hearing.about_id) IS NOT NULL THEN
        PERFORM participation_refuse('it is decided already');
    ELSIF participation_stands(other, opening.day) IN ('open', 'closed') THEN
        PERFORM participation_refuse('another hearing about it is under way');
    ELSIF NOT opening.asks_partnership AND EXISTS (
        SELECT 1 FROM participation_partnership p WHERE p.place_id = hearing.place_id) THEN
        PERFORM participation_refuse('the partnership of the place is asked by right');
    ELSIF NOT EXISTS (SELECT 1 FROM participation_hearingpaper p
                      WHERE p.hearing_id = hearing.id) THEN
        PERFORM participation_refuse('people are given no paper');
    ELSIF EXISTS (
        SELECT 1 FROM participation_hearingpaper p
        WHERE p.hearing_id = hearing.id AND position(p.sha256 IN opening.frozen) = 0
            AND NOT EXISTS (SELECT 1 FROM participation_paperleftout l WHERE l.paper_id = p.id))
    THEN
        PERFORM participation_refuse('a paper is not among what is frozen');
    END IF;
END $$;

CREATE FUNCTION participation_hearing_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last participation_hearingmove%ROWTYPE;
    lacks text;
BEGIN
    PERFORM participation_in_order(NEW.hearing_id, NEW.on, NEW.day, CASE NEW.verb
        WHEN 'open' THEN ARRAY['draft'] WHEN 'extend' THEN ARRAY['open']
        WHEN 'conclude' THEN ARRAY['closed'] ELSE ARRAY['draft', 'open', 'closed'] END);
    SELECT m.* INTO last FROM participation_hearingmove m
        WHERE m.hearing_id = NEW.hearing_id ORDER BY m.turn DESC LIMIT 1;
    PERFORM participation_next(last.turn, NEW.turn);
    IF NEW.before IS DISTINCT FROM coalesce(last.after, 'draft') THEN
        PERFORM participation_refuse('the hearing does not stand where it is moved from');
    ELSIF NEW.verb = 'open' THEN
        PERFORM participation_opens(NEW);
    ELSIF NEW.verb = 'extend' AND NEW.last_day <= participation_closing_day(NEW.hearing_id) THEN
        PERFORM participation_refuse('the last day never moves nearer');
    ELSIF NEW.verb = 'conclude' THEN
        lacks := participation_lacks_to_conclude(NEW.hearing_id, NEW.day);
        IF lacks IS NOT NULL THEN PERFORM participation_refuse(lacks); END IF;
    END IF;
    RETURN NEW;
END $$;
"""
_PAPERS: Final = """
CREATE FUNCTION participation_bytes_are_their_hash() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sha256 <> encode(sha256(NEW.content), 'hex') THEN
        PERFORM participation_refuse('the bytes of a paper are not those of its hash');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_paper_is_given() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day date := (NEW.on AT TIME ZONE 'Europe/London')::date;
    extended participation_hearingmove%ROWTYPE;
BEGIN
    PERFORM participation_in_order(NEW.hearing_id, NEW.on, day, ARRAY['draft', 'open']);
    PERFORM participation_next((SELECT max(p.number) FROM participation_hearingpaper p
                                WHERE p.hearing_id = NEW.hearing_id), NEW.number);
    IF NOT EXISTS (SELECT 1 FROM participation_paperbytes b
                   WHERE b.sha256 = NEW.sha256 AND octet_length(b.content) = NEW.size) THEN
        PERFORM participation_refuse('the bytes of the paper are not held');
    END IF;
    SELECT m.* INTO extended FROM participation_hearingmove m WHERE m.id = NEW.late_id;
    IF participation_stands(NEW.hearing_id, day) = 'draft' THEN
        IF NEW.late_id IS NOT NULL THEN
            PERFORM participation_refuse('a paper of a draft is not late');
        END IF;
    ELSIF extended.id IS NULL OR extended.verb <> 'extend' OR extended.day <> day
        OR extended.hearing_id <> NEW.hearing_id THEN
        PERFORM participation_refuse('a late paper moves the last day, so that it can be read');
    END IF;
    RETURN NEW;
END $$;
"""
_SAID: Final = """
CREATE FUNCTION participation_replies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM participation_in_order(NEW.hearing_id, NEW.on, NEW.day, ARRAY['open', 'closed']);
    PERFORM participation_next((SELECT max(r.turn) FROM participation_reply r
                                WHERE r.hearing_id = NEW.hearing_id), NEW.turn);
    IF NEW.late <> (participation_stands(NEW.hearing_id, NEW.day) = 'closed') THEN
        PERFORM participation_refuse('a reply is late if it comes after the last day');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_raises() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said participation_reply%ROWTYPE;
BEGIN
    PERFORM participation_in_order(NEW.hearing_id, NEW.on, NEW.day, ARRAY['open', 'closed']);
    PERFORM participation_next((SELECT max(p.number) FROM participation_point p
                                WHERE p.hearing_id = NEW.hearing_id), NEW.number);
    SELECT r.* INTO said FROM participation_reply r WHERE r.id = NEW.reply_id;
    IF (NEW.kind IN ('objection', 'agree if', 'late reply')) <> (said.id IS NOT NULL)
        OR said.hearing_id <> NEW.hearing_id OR (NEW.kind = 'late reply') <> said.late
        OR (NEW.kind = 'objection' AND said.stance <> 'object')
        OR (NEW.kind = 'agree if' AND said.stance <> 'agree if') THEN
        PERFORM participation_refuse('a point is raised by what it says it is raised by');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_answers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM participation_in_order(NEW.hearing_id, NEW.on, NEW.day, ARRAY['closed']);
    PERFORM participation_next((SELECT max(a.number) FROM participation_answer a
                                WHERE a.hearing_id = NEW.hearing_id), NEW.number);
    IF NOT EXISTS (SELECT 1 FROM participation_point p
                   WHERE p.id = NEW.point_id AND p.hearing_id = NEW.hearing_id) THEN
        PERFORM participation_refuse('the point was raised in another hearing');
    ELSIF regexp_count(NEW.words, '[[:alnum:]]+') < 5 THEN
        PERFORM participation_refuse('an answer says what changed, or why nothing did');
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION participation_finishes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM participation_in_order(NEW.hearing_id, NEW.on, NEW.day, ARRAY['closed']);
    RETURN NEW;
END $$;
"""
_TRIGGER: Final = """
CREATE TRIGGER {function} BEFORE INSERT ON participation_{table}
    FOR EACH ROW EXECUTE FUNCTION {function}();
ALTER TABLE participation_{table} ENABLE ALWAYS TRIGGER {function};
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON participation_{table} FROM totalplace_app;
CREATE TRIGGER participation_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON participation_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION participation_refuse_change();
ALTER TABLE participation_{table} ENABLE ALWAYS TRIGGER participation_{table}_never_changed;
"""
_ASKED: Final = {
    "hearing": "participation_hearing_begins",
    "hearingsection": "participation_in_draft",
    "paperleftout": "participation_in_draft",
    "paperbytes": "participation_bytes_are_their_hash",
    "hearingpaper": "participation_paper_is_given",
    "hearingmove": "participation_hearing_moves",
    "consultee": "participation_asks",
    "reply": "participation_replies",
    "point": "participation_raises",
    "answer": "participation_answers",
    "partfinished": "participation_finishes",
}
_GUARDS: Final = "".join(
    (_CHANGE, _STANDING, _LACKING, _IN_ORDER, _MOVES, _PAPERS, _SAID,
     *(_TRIGGER.format(table=t, function=f) for t, f in _ASKED.items()),
     *(_GUARD.format(table=t) for t in _ASKED))
)  # fmt: skip


class Migration(migrations.Migration):
    """Tables of hearings, and the guards on them. There is no way back, on purpose."""

    dependencies: ClassVar = [
        ("decisions", "0004_lacking"),
        ("places", "0005_officers_and_mandates"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PaperBytes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Hearing",
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
                    models.PositiveIntegerField(help_text="From 1, with no gap.", unique=True),
                ),
                ("about_kind", models.TextField()),
                ("about_id", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="The accountable body: it prepares, answers and concludes.",
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
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Consultee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England; the day of `on`.")),
                ("name", models.TextField()),
                (
                    "by_right",
                    models.BooleanField(help_text="It has money or a target in the proposal."),
                ),
                (
                    "stake_pence",
                    models.BigIntegerField(help_text="Empty: not known, or none.", null=True),
                ),
                ("stake", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        help_text="Empty: no agency; it answers as the public does.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultees",
                        to="participation.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="HearingMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England; the day of `on`.")),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("extend", "extend"),
                            ("conclude", "conclude"),
                            ("withdraw", "withdraw"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("open", "open"),
                            ("concluded", "concluded"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("open", "open"),
                            ("concluded", "concluded"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", models.TextField()),
                ("first_day", models.DateField(help_text="Of an opening.", null=True)),
                (
                    "last_day",
                    models.DateField(
                        help_text="Of an opening, or to which it moves on.", null=True
                    ),
                ),
                ("asks_public", models.BooleanField(help_text="Of an opening.", null=True)),
                ("asks_partnership", models.BooleanField(help_text="Of an opening.", null=True)),
                (
                    "frozen",
                    models.TextField(
                        blank=True, help_text="Of an opening: all that is asked, as JSON."
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True, help_text="SHA-256 of what is frozen.", max_length=64
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="participation.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="HearingPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("number", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                ("title", models.TextField()),
                ("file_name", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes.")),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="participation.hearing",
                    ),
                ),
                (
                    "late",
                    models.OneToOneField(
                        help_text="Empty: it was there when the hearing opened.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="participation.hearingmove",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="HearingSection",
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
                    "name",
                    models.CharField(
                        choices=[
                            ("question", "question"),
                            ("alternatives", "alternatives"),
                            ("reasons", "reasons"),
                            ("equality", "equality"),
                            ("who", "who"),
                            ("when", "when"),
                        ],
                        max_length=32,
                    ),
                ),
                ("said", models.JSONField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="participation.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PaperLeftOut",
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
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="left_out",
                        to="participation.hearingpaper",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PartFinished",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England; the day of `on`.")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("agencies", "agencies"),
                            ("partnership", "partnership"),
                            ("public", "public"),
                        ],
                        max_length=16,
                    ),
                ),
                ("words", models.TextField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="participation.hearing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England; the day of `on`.")),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in the hearing, with no gap."),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("objection", "objection"),
                            ("agree if", "agree if"),
                            ("late reply", "late reply"),
                            ("advice", "advice"),
                            ("theme", "theme"),
                        ],
                        max_length=16,
                    ),
                ),
                ("source_kind", models.TextField()),
                ("source_id", models.TextField()),
                ("words", models.TextField()),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="participation.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England; the day of `on`.")),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in the hearing, with no gap."),
                ),
                ("changed", models.BooleanField(help_text="Whether the proposal changed for it.")),
                ("words", models.TextField()),
                (
                    "pence",
                    models.BigIntegerField(
                        help_text="By how much it changed, if in money.", null=True
                    ),
                ),
                ("led_to_kind", models.TextField(blank=True)),
                ("led_to_id", models.TextField(blank=True)),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="participation.hearing",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="participation.point",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("day", models.DateField(help_text="In England; the day of `on`.")),
                (
                    "turn",
                    models.PositiveIntegerField(help_text="From 1 in the hearing, with no gap."),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("agree", "agree"),
                            ("agree if", "agree if"),
                            ("object", "object"),
                        ],
                        max_length=16,
                    ),
                ),
                ("words", models.TextField()),
                (
                    "pence",
                    models.BigIntegerField(
                        help_text="What it says it would cost or save.", null=True
                    ),
                ),
                ("late", models.BooleanField(help_text="It came after the last day.")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="participation.hearing",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.AddField(
            model_name="point",
            name="reply",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="point",
                to="participation.reply",
            ),
        ),
        migrations.AddIndex(
            model_name="hearing",
            index=models.Index(fields=["about_kind", "about_id"], name="hearing_about"),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about_kind", ""), _negated=True),
                    models.Q(("about_id", ""), _negated=True),
                ),
                name="hearing_is_about_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultee",
            constraint=models.UniqueConstraint(
                fields=("hearing", "name"), name="consultee_is_asked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="consultee",
            constraint=models.UniqueConstraint(
                fields=("hearing", "agency"), name="agency_is_asked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="consultee",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="consultee_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingmove",
            constraint=models.UniqueConstraint(
                fields=("hearing", "turn"), name="hearing_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "open"), ("before", "draft"), ("verb", "open")),
                    models.Q(("after", "withdrawn"), ("before", "draft"), ("verb", "withdraw")),
                    models.Q(("after", "open"), ("before", "open"), ("verb", "extend")),
                    models.Q(("after", "withdrawn"), ("before", "open"), ("verb", "withdraw")),
                    models.Q(("after", "concluded"), ("before", "open"), ("verb", "conclude")),
                    models.Q(("after", "withdrawn"), ("before", "open"), ("verb", "withdraw")),
                    _connector="OR",
                ),
                name="hearing_move_is_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="hearing_move_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("asks_partnership__isnull", False),
                        ("asks_public__isnull", False),
                        ("day__lte", models.F("first_day")),
                        ("first_day__isnull", False),
                        ("first_day__lte", models.F("last_day")),
                        ("last_day__isnull", False),
                        ("verb", "open"),
                        models.Q(("frozen", ""), _negated=True),
                        models.Q(("digest", ""), _negated=True),
                    ),
                    models.Q(
                        ("asks_partnership__isnull", True),
                        ("asks_public__isnull", True),
                        ("digest", ""),
                        ("first_day__isnull", True),
                        ("frozen", ""),
                        models.Q(("verb", "open"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hearing_opening_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("last_day__isnull", False), ("verb__in", ["open", "extend"])),
                    models.Q(
                        ("last_day__isnull", True),
                        models.Q(("verb__in", ["open", "extend"]), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="hearing_last_day_is_of_a_move_that_sets_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingpaper",
            constraint=models.UniqueConstraint(
                fields=("hearing", "number"), name="hearing_paper_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("file_name", ""), _negated=True),
                ),
                name="hearing_paper_has_a_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="partfinished",
            constraint=models.UniqueConstraint(
                fields=("hearing", "part"), name="part_is_finished_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="partfinished",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("part__in", ["agencies", "partnership", "public"]),
                    models.Q(("words", ""), _negated=True),
                ),
                name="part_is_one_of_three",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("hearing", "number"), name="answer_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("changed", True),
                    models.Q(("led_to_id", ""), ("led_to_kind", ""), ("pence__isnull", True)),
                    _connector="OR",
                ),
                name="answer_changes_pence_only_where_it_changed",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(
                fields=("hearing", "turn"), name="reply_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance__in", ["agree", "agree if", "object"])),
                name="reply_is_one_of_three",
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stance", "agree"), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="reply_has_its_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.UniqueConstraint(
                fields=("hearing", "number"), name="point_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.UniqueConstraint(
                fields=("hearing", "source_kind", "source_id"), name="point_is_raised_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True),
                    ("kind__in", ["objection", "agree if", "late reply", "advice", "theme"]),
                ),
                name="point_says_something",
            ),
        ),
        migrations.RunSQL(_GUARDS),
    ]
