"""What the database itself refuses of a book, whoever asks it: the superuser too.

Messages are those that people read: what, then why (DETAIL), then what next (HINT). The field that
a form shows one at stands under COLUMN.
"""

from __future__ import annotations

from typing import Final

_TABLES: Final = ("book", "line", "account", "transfer", "limit", "period", "batch")

WORDS: Final = """
CREATE SEQUENCE ledger_number;

CREATE FUNCTION ledger_refuse(what text, why text, then_do text, field text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', what USING ERRCODE = 'restrict_violation', DETAIL = why, HINT = then_do,
        COLUMN = field;
END $$;

CREATE FUNCTION ledger_sign(heading text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN heading IN ('authority', 'creditor', 'income', 'reserve') THEN -1
                WHEN heading = 'expenditure' THEN 0 ELSE 1 END
$$;

CREATE FUNCTION ledger_is_control(heading text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT heading IN ('authority', 'unallocated', 'allocated', 'committed', 'spent', 'returned')
$$;

-- The same table as rules/lawful.py; a test holds the two together.
CREATE FUNCTION ledger_may_move(kind text, debit text, credit text) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE kind
        WHEN 'promised' THEN debit || '/' || credit
            IN ('unallocated/authority', 'authority/unallocated')
        WHEN 'allocated' THEN debit || '/' || credit
            IN ('allocated/unallocated', 'unallocated/allocated')
        WHEN 'committed' THEN debit || '/' || credit
            IN ('committed/allocated', 'allocated/committed')
        WHEN 'spent' THEN debit || '/' || credit
            IN ('spent/committed', 'committed/spent', 'expenditure/creditor',
                'creditor/expenditure')
        WHEN 'paid' THEN debit || '/' || credit = 'creditor/cash'
        WHEN 'due' THEN debit || '/' || credit IN ('debtor/income', 'income/debtor')
        WHEN 'received' THEN debit || '/' || credit = 'cash/debtor'
        WHEN 'returned' THEN debit || '/' || credit IN ('returned/unallocated', 'income/cash')
        WHEN 'virement' THEN debit = credit
        WHEN 'carry-forward' THEN debit = credit
        ELSE true END
$$;

CREATE FUNCTION ledger_pounds(pence numeric) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN pence < 0 THEN '-' ELSE '' END || '£'
        || to_char(abs(pence) / 100, 'FM999,999,999,999,999,990.00')
$$;

CREATE FUNCTION ledger_year(year integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT year || '-' || lpad(((year + 1) % 100)::text, 2, '0')
$$;

CREATE FUNCTION ledger_day(day date) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char(day, 'FMDD FMMonth YYYY')
$$;

CREATE FUNCTION ledger_in_words(which bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE a.heading WHEN 'authority' THEN 'what was promised by ' || g.name
                WHEN 'unallocated' THEN 'what is not yet allocated'
                WHEN 'allocated' THEN 'what is allocated to ' || g.name
                WHEN 'committed' THEN 'what ' || g.name || ' has committed'
                WHEN 'spent' THEN 'what ' || g.name || ' has spent'
                WHEN 'returned' THEN 'what was returned to ' || g.name
                WHEN 'cash' THEN 'the cash that ' || g.name || ' holds'
                WHEN 'debtor' THEN 'what is due from ' || g.name
                WHEN 'creditor' THEN 'what is owed for the spending of ' || g.name
                ELSE 'the ' || a.heading || ' of ' || g.name END
        || ' on the line "' || l.title || '" in ' || ledger_year(a.year)
    FROM ledger_account a JOIN places_agency g ON g.id = a.agency_id
    JOIN ledger_line l ON l.id = a.line_id WHERE a.id = which
$$;
"""

_NEVER_CHANGED: Final = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What stands in a book is never changed or erased'
        USING ERRCODE = 'restrict_violation', DETAIL = 'others have relied on it',
        HINT = 'Reverse a posting that is wrong; set a later limit';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_{table} FROM totalplace_app;
CREATE TRIGGER ledger_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
ALTER TABLE ledger_{table} ENABLE ALWAYS TRIGGER ledger_{table}_never_changed;
"""
NEVER_CHANGED: Final = _NEVER_CHANGED + "".join(_GUARD.format(table=table) for table in _TABLES)

# Totals are written by the trigger of transfers and by nothing else: that is one trigger deep.
TOTALS: Final = """
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON ledger_total FROM totalplace_app;
ALTER TABLE ledger_total SET (fillfactor = 50);

CREATE FUNCTION ledger_total_is_ours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP IN ('DELETE', 'TRUNCATE') OR pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'A total is kept by the database alone'
            USING ERRCODE = 'restrict_violation', DETAIL = 'it is the sum of what was posted',
            HINT = 'Make a posting';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_total_is_ours BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ledger_total
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_total_is_ours();
ALTER TABLE ledger_total ENABLE ALWAYS TRIGGER ledger_total_is_ours;
"""

# Accounts stand within their book. Limits, periods and batches wait for whoever is posting.
AROUND: Final = """
CREATE FUNCTION ledger_wait_for_postings() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM ledger_refuse('The book cannot be written in',
            'this transaction does not see what others wrote meanwhile',
            'Use a transaction that is READ COMMITTED', '');
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.ledger'));
END $$;

CREATE FUNCTION ledger_account_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its ledger_book%ROWTYPE;
BEGIN
    SELECT * INTO its FROM ledger_book WHERE id = NEW.book_id;
    IF NEW.year NOT BETWEEN its.first_year AND its.last_year THEN
        PERFORM ledger_refuse('Nothing can stand in ' || ledger_year(NEW.year),
            'the book is of ' || ledger_year(its.first_year) || ' to '
                || ledger_year(its.last_year),
            'Choose a year of the book', 'year');
    ELSIF NOT EXISTS (SELECT FROM ledger_line WHERE id = NEW.line_id AND book_id = NEW.book_id) THEN
        PERFORM ledger_refuse('The account cannot be opened', 'its line is of another book',
            'Choose a line of the book', 'line');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_account_stands BEFORE INSERT ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_account_stands();
ALTER TABLE ledger_account ENABLE ALWAYS TRIGGER ledger_account_stands;

CREATE FUNCTION ledger_limit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_wait_for_postings();
    IF EXISTS (SELECT FROM unnest(NEW.lines) one(id) LEFT JOIN ledger_line l USING (id)
               WHERE l.book_id IS DISTINCT FROM NEW.book_id) THEN
        PERFORM ledger_refuse('The limit cannot be set', 'one of its lines is of another book',
            'Choose lines of the book', 'lines');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_limit_stands BEFORE INSERT ON ledger_limit
    FOR EACH ROW EXECUTE FUNCTION ledger_limit_stands();
ALTER TABLE ledger_limit ENABLE ALWAYS TRIGGER ledger_limit_stands;

CREATE FUNCTION ledger_period_closes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before date;
BEGIN
    PERFORM ledger_wait_for_postings();
    SELECT max(last_day) INTO before FROM ledger_period WHERE book_id = NEW.book_id;
    IF NEW.last_day >= (now() AT TIME ZONE 'Europe/London')::date THEN
        PERFORM ledger_refuse('The period cannot be closed', 'it has not ended',
            'Close it when its last day has passed', 'last_day');
    ELSIF NEW.last_day <= before THEN
        PERFORM ledger_refuse('The period cannot be closed',
            'all until ' || ledger_day(before) || ' is closed already',
            'Close one that is open', 'last_day');
    ELSIF before IS NOT NULL AND NEW.first_day <> before + 1 THEN
        PERFORM ledger_refuse('The period cannot be closed',
            'it does not begin on ' || ledger_day(before + 1) || ', the first open day',
            'Close periods in turn', 'last_day');
    ELSIF extract(day FROM NEW.last_day + 1) <> 1 THEN
        PERFORM ledger_refuse('The period cannot be closed', 'it does not end with a month',
            'Close a month, a quarter or a year', 'last_day');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_period_closes BEFORE INSERT ON ledger_period
    FOR EACH ROW EXECUTE FUNCTION ledger_period_closes();
ALTER TABLE ledger_period ENABLE ALWAYS TRIGGER ledger_period_closes;

CREATE FUNCTION ledger_batch_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before ledger_batch%ROWTYPE;
    held record;
BEGIN
    PERFORM ledger_wait_for_postings();
    SELECT * INTO before FROM ledger_batch WHERE book_id = NEW.book_id
        ORDER BY number DESC LIMIT 1;
    SELECT max(number) AS last, count(*) AS transfers, count(*) FILTER (WHERE part = 1) AS postings
        INTO held FROM ledger_transfer
        WHERE book_id = NEW.book_id AND number > coalesce(before.last, 0);
    IF NEW.number <> coalesce(before.number, 0) + 1
        OR NEW.previous <> coalesce(before.digest, repeat('0', 64))
        OR NEW.first <> coalesce(before.last, 0) + 1
        OR (NEW.last, NEW.transfers, NEW.postings)
            IS DISTINCT FROM (held.last, held.transfers, held.postings) THEN
        PERFORM ledger_refuse('The postings cannot be sealed',
            'batch ' || NEW.number || ' does not follow from the one before',
            'Seal with: totalplace ledger seal', '');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_batch_follows BEFORE INSERT ON ledger_batch
    FOR EACH ROW EXECUTE FUNCTION ledger_batch_follows();
ALTER TABLE ledger_batch ENABLE ALWAYS TRIGGER ledger_batch_follows;
"""

# Everything about one row that does not need the balances. The first that is wrong is told.
_ROWS: Final = """
CREATE FUNCTION ledger_tell_fault(
    fault text, number bigint, kind text, day date, debit bigint, credit bigint
) RETURNS void LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    what text := 'Posting ' || number || ' cannot be made';
    d record;
    c record;
BEGIN
    SELECT a.heading, l.title, l.nature, l.first_day, l.last_day INTO d
        FROM ledger_account a JOIN ledger_line l ON l.id = a.line_id WHERE a.id = debit;
    SELECT a.heading, l.title, l.nature INTO c
        FROM ledger_account a JOIN ledger_line l ON l.id = a.line_id WHERE a.id = credit;
    CASE fault
    WHEN 'account' THEN PERFORM ledger_refuse(what, 'an account in it is not of the book',
        'Name accounts of the book', 'line');
    WHEN 'clock' THEN PERFORM ledger_refuse(what,
        'it does not say the time at which the database takes it',
        'Leave its time to the database', '');
    WHEN 'future' THEN PERFORM ledger_refuse(what,
        ledger_day(day) || ' has not come', 'Give a day that has', 'day');
    WHEN 'number' THEN PERFORM ledger_refuse(what,
        'its number was not given out by the book', 'Take the next number', '');
    WHEN 'plane' THEN PERFORM ledger_refuse(what,
        d.heading || ' and ' || c.heading || ' speak of different things: what may be spent, and '
            || 'money', 'Post each with its own counterpart', 'verb');
    WHEN 'reversal' THEN PERFORM ledger_refuse(what,
        'only a reversal says what it reverses, and every reversal does',
        'Reverse a posting by its number', '');
    WHEN 'kind' THEN PERFORM ledger_refuse(what,
        'what is ' || kind || ' does not move from ' || c.heading || ' to ' || d.heading,
        'Use the verb that says what happened', 'verb');
    WHEN 'virement' THEN PERFORM ledger_refuse(what,
        'a virement moves money to another line, in the same year',
        'Name two lines', 'line');
    WHEN 'carry-forward' THEN PERFORM ledger_refuse(what,
        'a carry-forward moves money to another year, on the same line',
        'Name two years', 'year');
    WHEN 'colour' THEN PERFORM ledger_refuse(what,
        'money of the line "' || c.title || '" would change its line or year ("' || d.title
            || '")', 'Make a virement or carry it forward, by name', 'line');
    WHEN 'capital' THEN PERFORM ledger_refuse(what,
        'capital cannot become revenue ("' || c.title || '", "' || d.title || '")',
        'Ask the payer to pay revenue', 'line');
    ELSE PERFORM ledger_refuse(what,
        'money of the line "' || d.title || '" can be used '
            || coalesce('from ' || ledger_day(d.first_day) || ' ', '')
            || coalesce('until ' || ledger_day(d.last_day), '') || ', not on ' || ledger_day(day),
        'Use another line, or agree another day with its payer', 'day');
    END CASE;
END $$;
"""

_BEFORE: Final = """
CREATE FUNCTION ledger_before_transfers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM ledger_refuse('The posting cannot be made',
            'this transaction does not see what others posted meanwhile',
            'Post in a transaction that is READ COMMITTED', '');
    END IF;
    -- Shared by all who post; whoever seals, closes or sets a limit waits until they are done.
    PERFORM pg_advisory_xact_lock_shared(hashtext('totalplace.ledger'));
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_before_transfers BEFORE INSERT ON ledger_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_before_transfers();
ALTER TABLE ledger_transfer ENABLE ALWAYS TRIGGER ledger_before_transfers;
ALTER TABLE ledger_transfer ALTER COLUMN "on" SET DEFAULT now();
"""

_AFTER: Final = """
CREATE FUNCTION ledger_after_transfers() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
DECLARE
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    given_out bigint := (SELECT last_value FROM ledger_number);
    books bigint[];
    book bigint;
    closed date;
    sealed bigint;
    bad record;
    touched bigint[];
    ins bigint[];
    outs bigint[];
BEGIN
    SELECT array_agg(DISTINCT p.book_id) INTO books FROM posted p;
    IF books IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT one.* INTO bad FROM (
        SELECT p.number, p.kind, p.day, p.debit_id, p.credit_id, CASE
            WHEN d.id IS NULL OR c.id IS NULL OR d.book_id <> p.book_id OR c.book_id <> p.book_id
                THEN 'account'
            WHEN p."on" <> now() THEN 'clock'
            WHEN p.day > today THEN 'future'
            WHEN p.number NOT BETWEEN 1 AND given_out THEN 'number'
            WHEN ledger_is_control(d.heading) <> ledger_is_control(c.heading) THEN 'plane'
            WHEN (p.kind = 'reversal') <> (p.reverses IS NOT NULL) THEN 'reversal'
            WHEN p.kind = 'reversal' THEN NULL  -- exactly what it turns round: asked below
            WHEN NOT ledger_may_move(p.kind, d.heading, c.heading) THEN 'kind'
            WHEN p.kind = 'virement' AND (d.line_id = c.line_id OR d.year <> c.year)
                THEN 'virement'
            WHEN p.kind = 'carry-forward' AND (d.line_id <> c.line_id OR d.year = c.year)
                THEN 'carry-forward'
            WHEN (d.line_id <> c.line_id OR d.year <> c.year)
                AND p.kind NOT IN ('virement', 'carry-forward', 'settlement') THEN 'colour'
            WHEN dl.nature <> cl.nature AND (d.heading <> c.heading OR 'capital' =
                CASE ledger_sign(d.heading) WHEN -1 THEN dl.nature ELSE cl.nature END)
                THEN 'capital'
            WHEN p.kind <> 'opening' AND (p.day > dl.last_day OR p.day < dl.first_day) AND (
                (d.heading = 'spent' AND c.heading <> 'spent')
                OR (d.heading = 'committed' AND c.heading NOT IN ('spent', 'committed'))
                OR (d.heading = 'allocated' AND c.heading = 'unallocated' AND p.day > dl.last_day))
                THEN 'window'
            END AS fault
        FROM posted p
        LEFT JOIN ledger_account d ON d.id = p.debit_id
        LEFT JOIN ledger_account c ON c.id = p.credit_id
        LEFT JOIN ledger_line dl ON dl.id = d.line_id
        LEFT JOIN ledger_line cl ON cl.id = c.line_id
    ) one WHERE one.fault IS NOT NULL LIMIT 1;
    IF bad.fault IS NOT NULL THEN
        PERFORM ledger_tell_fault(
            bad.fault, bad.number, bad.kind, bad.day, bad.debit_id, bad.credit_id);
    END IF;
    FOREACH book IN ARRAY books LOOP
        SELECT max(last_day) INTO closed FROM ledger_period WHERE book_id = book;
        SELECT max(last) INTO sealed FROM ledger_batch WHERE book_id = book;
        SELECT p.day, p.number INTO bad FROM posted p
            WHERE p.book_id = book AND (p.day <= closed OR p.number <= sealed) LIMIT 1;
        IF bad.number <= sealed THEN
            PERFORM ledger_refuse('Posting ' || bad.number || ' cannot be made',
                'all up to number ' || sealed || ' was sealed', 'Take the next number', '');
        ELSIF bad.day IS NOT NULL THEN
            PERFORM ledger_refuse('Nothing can be posted on ' || ledger_day(bad.day),
                'all until ' || ledger_day(closed) || ' is closed',
                'Post it as late: it is given ' || ledger_day(closed + 1)
                    || ', the first open day', 'day');
        END IF;
    END LOOP;
    -- All parts of a posting come in one statement, so none can be put to it later.
    SELECT p.number INTO bad FROM posted p WHERE p.parts > 1
        GROUP BY p.book_id, p.number
        HAVING count(*) <> max(p.parts) OR min(p.parts) <> max(p.parts)
            OR count(DISTINCT (p.day, p.by, p.kind, p.citation_kind, p.citation_id, p.note,
                               coalesce(p.reverses, 0))) > 1
        LIMIT 1;
    IF bad.number IS NOT NULL THEN
        PERFORM ledger_refuse('Posting ' || bad.number || ' cannot be made',
            'its parts were not all written together, or say different things',
            'Write all of a posting at once', '');
    END IF;
    SELECT p.number, p.reverses INTO bad FROM posted p
        LEFT JOIN ledger_transfer o
            ON o.book_id = p.book_id AND o.number = p.reverses AND o.part = p.part
        WHERE p.reverses IS NOT NULL AND (o.number IS NULL OR o.reverses IS NOT NULL
            OR p.number <= p.reverses OR p.day < o.day OR (o.parts, o.debit_id, o.credit_id,
            o.pence) IS DISTINCT FROM (p.parts, p.credit_id, p.debit_id, p.pence)) LIMIT 1;
    IF bad.number IS NOT NULL THEN
        PERFORM ledger_refuse('Posting ' || bad.reverses || ' cannot be reversed so',
            'a reversal is the same transfers turned round, on no earlier day, of a posting '
                || 'that is no reversal itself',
            'Reverse it by its number, and post anew what is right', '');
    END IF;
    SELECT one.number, one.kind INTO bad FROM (
        SELECT p.number, p.kind, CASE
                WHEN d.heading IN ('spent', 'returned') THEN p.pence
                WHEN c.heading IN ('spent', 'expenditure', 'cash') THEN
                    CASE c.heading WHEN 'expenditure' THEN p.pence ELSE -p.pence END
                ELSE -p.pence END AS pence,
            p.book_id, d.line_id, d.year, CASE WHEN p.kind = 'spent' THEN
                CASE WHEN d.heading IN ('spent', 'expenditure') THEN d.agency_id
                     ELSE c.agency_id END END AS agency_id
        FROM posted p JOIN ledger_account d ON d.id = p.debit_id
        JOIN ledger_account c ON c.id = p.credit_id
        WHERE p.kind IN ('spent', 'returned')) one
        GROUP BY one.book_id, one.number, one.kind, one.line_id, one.year, one.agency_id
        HAVING sum(one.pence) <> 0 LIMIT 1;
    IF bad.number IS NOT NULL THEN
        PERFORM ledger_refuse('Posting ' || bad.number || ' cannot be made',
            'what is ' || bad.kind || ' is not the same in money as in what may be spent',
            'Post both, with the same sum', 'pence');
    END IF;
    SELECT array_agg(s.account ORDER BY s.account), array_agg(s.d ORDER BY s.account),
            array_agg(s.c ORDER BY s.account) INTO touched, ins, outs
        FROM (SELECT u.account, sum(u.d)::bigint AS d, sum(u.c)::bigint AS c FROM (
                SELECT debit_id AS account, pence AS d, 0 AS c FROM posted
                UNION ALL SELECT credit_id, 0, pence FROM posted) u GROUP BY u.account) s;
    INSERT INTO ledger_total AS t (account_id, debits, credits)  -- in the order of accounts
        SELECT * FROM unnest(touched, ins, outs)
        ON CONFLICT (account_id) DO UPDATE
            SET debits = t.debits + excluded.debits, credits = t.credits + excluded.credits;
    PERFORM ledger_check_signs(touched, ins, outs);
    PERFORM ledger_check_limits(books, touched, ins, outs, today);
    IF EXISTS (SELECT FROM posted p JOIN ledger_limit l ON l.book_id = p.book_id
               WHERE p.kind = 'virement' AND l.bound IN ('moved out', 'moved in')) THEN
        PERFORM ledger_check_moved(m.book_id, m.year, m.lines, today) FROM (
            SELECT p.book_id, a.year, array_agg(DISTINCT a.line_id) AS lines
            FROM posted p JOIN ledger_account a ON a.id IN (p.debit_id, p.credit_id)
            WHERE p.kind = 'virement' GROUP BY p.book_id, a.year) m;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_after_transfers AFTER INSERT ON ledger_transfer
    REFERENCING NEW TABLE AS posted
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_after_transfers();
ALTER TABLE ledger_transfer ENABLE ALWAYS TRIGGER ledger_after_transfers;
"""

# What each account that was touched now stands at, against the sign that it may have.
_SIGNS: Final = """
CREATE FUNCTION ledger_check_signs(touched bigint[], ins bigint[], outs bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    bad record;
    over bigint;
BEGIN
    SELECT a.id, a.heading, t.debits - t.credits AS balance, u.d - u.c AS change INTO bad
        FROM unnest(touched, ins, outs) u(account, d, c)
        JOIN ledger_account a ON a.id = u.account JOIN ledger_total t ON t.account_id = u.account
        WHERE ledger_sign(a.heading) * (t.debits - t.credits) < 0
        ORDER BY a.id LIMIT 1;
    IF bad.id IS NULL THEN
        RETURN;
    END IF;
    over := abs(bad.balance);
    PERFORM ledger_refuse(
        ledger_pounds(abs(bad.change)) || ' cannot be taken from ' || ledger_in_words(bad.id),
        'only ' || ledger_pounds(abs(bad.balance - bad.change)) || ' is there, so '
            || ledger_pounds(over) || ' is lacking',
        CASE bad.heading
            WHEN 'unallocated' THEN 'Have ' || ledger_pounds(over)
                || ' promised or moved to this line first'
            WHEN 'allocated' THEN 'Allocate ' || ledger_pounds(over) || ' more first'
            WHEN 'committed' THEN 'Commit ' || ledger_pounds(over) || ' more first'
            WHEN 'cash' THEN 'Receive ' || ledger_pounds(over) || ' first'
            WHEN 'debtor' THEN 'Say that ' || ledger_pounds(over) || ' more is due first'
            ELSE 'Give a sum that is no larger' END, 'pence');
END $$;
"""

_LIMITS: Final = """
CREATE FUNCTION ledger_covers(
    l ledger_limit, heading text, agency bigint, line bigint, year integer
) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT (l.heading = heading OR (l.heading = ''
                AND heading IN ('allocated', 'committed', 'spent')))
        AND (l.agency_id IS NULL OR l.agency_id = agency)
        AND (l.lines = '{}' OR line = ANY (l.lines))
        AND (l.year IS NULL OR l.year = year)
$$;

CREATE FUNCTION ledger_check_limits(
    books bigint[], touched bigint[], ins bigint[], outs bigint[], today date
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    l ledger_limit%ROWTYPE;
    change bigint;
    stands bigint;
BEGIN
    FOR l IN SELECT DISTINCT ON (book_id, name) * FROM ledger_limit
             WHERE book_id = ANY (books) AND first_day <= today
             ORDER BY book_id, name, first_day DESC, id DESC LOOP
        CONTINUE WHEN l.pence IS NULL OR l.bound NOT IN ('at most', 'at least');
        SELECT sum(CASE ledger_sign(a.heading) WHEN -1 THEN u.c - u.d ELSE u.d - u.c END)
            INTO change FROM unnest(touched, ins, outs) u(account, d, c)
            JOIN ledger_account a ON a.id = u.account AND a.book_id = l.book_id
            WHERE ledger_covers(l, a.heading, a.agency_id, a.line_id, a.year);
        CONTINUE WHEN coalesce(change, 0) = 0 OR (change < 0) = (l.bound = 'at most');
        -- Two who post to different accounts of one limit take turns.
        PERFORM pg_advisory_xact_lock(hashtext('totalplace.ledger.limit'), l.id::integer);
        SELECT sum(CASE ledger_sign(a.heading) WHEN -1 THEN t.credits - t.debits
                   ELSE t.debits - t.credits END)
            INTO stands FROM ledger_account a JOIN ledger_total t ON t.account_id = a.id
            WHERE a.book_id = l.book_id
                AND ledger_covers(l, a.heading, a.agency_id, a.line_id, a.year);
        IF l.bound = 'at most' AND stands > l.pence THEN
            PERFORM ledger_refuse(
                ledger_pounds(change) || ' is beyond the limit "' || l.name || '"',
                'it allows ' || ledger_pounds(l.pence) || ', of which '
                    || ledger_pounds(greatest(l.pence - stands + change, 0)) || ' is left ('
                    || l.citation_kind || ' ' || l.citation_id || ')',
                'Give ' || ledger_pounds(greatest(l.pence - stands + change, 0))
                    || ' or less, or have the limit changed', 'pence');
        ELSIF l.bound = 'at least' AND stands < l.pence THEN
            PERFORM ledger_refuse(
                ledger_pounds(-change) || ' cannot be taken away: the limit "' || l.name || '"',
                'at least ' || ledger_pounds(l.pence) || ' has to stay, and '
                    || ledger_pounds(stands) || ' would (' || l.citation_kind || ' '
                    || l.citation_id || ')',
                'Take ' || ledger_pounds(greatest(stands - change - l.pence, 0))
                    || ' or less, or have the limit changed', 'pence');
        END IF;
    END LOOP;
END $$;

-- What moved by virement, less what was moved back by reversals. Counted on what may be spent, so
-- that the promise and the cash that go with it are not counted again.
CREATE FUNCTION ledger_moved(
    book bigint, group_lines bigint[], in_year integer, way text
) RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(CASE WHEN t.kind = 'virement' THEN t.pence ELSE -t.pence END), 0)::bigint
    FROM ledger_transfer t
    JOIN ledger_account d ON d.id = t.debit_id
    JOIN ledger_account c ON c.id = t.credit_id
    WHERE t.book_id = book AND (t.kind = 'virement' OR t.reverses IS NOT NULL)
        AND d.heading IN ('unallocated', 'allocated', 'committed') AND d.heading = c.heading
        AND d.line_id <> c.line_id AND d.year = in_year AND c.year = in_year
        AND CASE WHEN (way = 'moved out') = (t.kind = 'virement')
            THEN (group_lines = '{}' OR c.line_id = ANY (group_lines))
                AND NOT d.line_id = ANY (group_lines)
            ELSE (group_lines = '{}' OR d.line_id = ANY (group_lines))
                AND NOT c.line_id = ANY (group_lines) END
$$;

CREATE FUNCTION ledger_check_moved(
    book bigint, in_year integer, moved_lines bigint[], today date
) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    l ledger_limit%ROWTYPE;
    moved bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.ledger.virement'), book::integer);
    FOR l IN SELECT DISTINCT ON (name) * FROM ledger_limit
             WHERE book_id = book AND first_day <= today
             ORDER BY name, first_day DESC, id DESC LOOP
        CONTINUE WHEN l.pence IS NULL OR l.bound NOT IN ('moved out', 'moved in')
            OR (l.year IS NOT NULL AND l.year <> in_year)
            OR NOT (l.lines = '{}' OR l.lines && moved_lines);
        moved := ledger_moved(book, l.lines, in_year, l.bound);
        IF moved > l.pence THEN
            PERFORM ledger_refuse(ledger_pounds(moved) || ' would have ' || l.bound || ' in '
                    || ledger_year(in_year) || ' under the limit "' || l.name || '"',
                'it allows ' || ledger_pounds(l.pence) || ' in a year, ' || ledger_pounds(
                    moved - l.pence) || ' less (' || l.citation_kind || ' ' || l.citation_id || ')',
                'Move ' || ledger_pounds(moved - l.pence) || ' less, or have the limit changed',
                'pence');
        END IF;
    END LOOP;
END $$;
"""
# Questions that are asked at every posting and every balance: their plans are made once a session.
ASKED: Final = """
CREATE FUNCTION ledger_balance(
    of_book text, of_heading text, of_agency text, of_line text, of_year integer
) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    -- Each part is one look into an index, in this order: a join would be planned by guesses.
    RETURN (SELECT t.debits - t.credits FROM ledger_total t WHERE t.account_id = (
        SELECT a.id FROM ledger_account a
        WHERE a.book_id = (SELECT id FROM ledger_book WHERE code = of_book)
            AND a.heading = of_heading
            AND a.agency_id = (SELECT id FROM places_agency WHERE code = of_agency)
            AND a.line_id = (SELECT l.id FROM ledger_line l
                WHERE l.book_id = (SELECT id FROM ledger_book WHERE code = of_book)
                    AND l.code = of_line)
            AND a.year = of_year));
END $$;

CREATE FUNCTION ledger_accounts(
    of_book bigint, headings text[], agencies text[], lines text[], years integer[]
) RETURNS TABLE (nth integer, account bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN QUERY SELECT w.nth::integer, (
            SELECT a.id FROM ledger_account a
            WHERE a.book_id = of_book AND a.heading = w.heading
                AND a.agency_id = (SELECT id FROM places_agency WHERE code = w.agency)
                AND a.line_id = (SELECT l.id FROM ledger_line l
                    WHERE l.book_id = of_book AND l.code = w.line)
                AND a.year = w.year)
        FROM unnest(headings, agencies, lines, years)
            WITH ORDINALITY AS w (heading, agency, line, year, nth);
END $$;
"""
TRANSFERS: Final = _ROWS + _SIGNS + _LIMITS + _BEFORE + _AFTER
