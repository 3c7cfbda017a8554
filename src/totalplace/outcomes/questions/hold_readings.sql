-- What is each figure of a published table: a reading, a reading that is missing, or set aside?
-- A plain number is known by a cast, which is many times as quick as a pattern.
WITH trimmed AS (
  SELECT
    row, heading, whole_of, is_share, is_less,
    TRIM(measure) AS measure, TRIM(area) AS area_text, TRIM(area_name) AS area_name,
    TRIM(level) AS level, TRIM(period) AS period, TRIM(unit) AS unit, TRIM(note) AS note,
    TRIM(status) AS status_text, REPLACE(TRIM(value), '−', '-') AS text,
    REPLACE(TRIM(low), '−', '-') AS low, REPLACE(TRIM(high), '−', '-') AS high,
    REPLACE(TRIM(denominator), ',', '') AS denominator_text,
    REPLACE(TRIM(numerator), ',', '') AS numerator_text, REPLACE(TRIM(less), ',', '') AS less_text
  FROM published
), looked_at AS (
  SELECT
    *,
    TRY_CAST(text AS DECIMAL(38, 12)) IS NOT NULL AS is_plain,
    CASE WHEN is_share
      THEN TRY_CAST(REGEXP_REPLACE(denominator_text, '\.0+$', '') AS BIGINT) END AS denominator,
    CASE WHEN is_share
      THEN TRY_CAST(REGEXP_REPLACE(numerator_text, '\.0+$', '') AS BIGINT) END AS numerator_said,
    CASE WHEN is_less
      THEN TRY_CAST(REGEXP_REPLACE(less_text, '\.0+$', '') AS BIGINT) END AS less
  FROM trimmed
), cut AS (
  SELECT
    *,
    CASE
      WHEN is_plain THEN text
      WHEN text = '' THEN ''
      ELSE REGEXP_REPLACE(REGEXP_EXTRACT(text, $number$, 1), '[£,%]', '', 'g')
    END AS number,
    CASE WHEN is_plain OR text = '' THEN '' ELSE REGEXP_EXTRACT(text, $number$, 2) END AS mark_text,
    CASE WHEN low = '' THEN ''
      ELSE REGEXP_REPLACE(REGEXP_EXTRACT(low, $number$, 1), '[£,%]', '', 'g') END AS low_number,
    CASE WHEN high = '' THEN ''
      ELSE REGEXP_REPLACE(REGEXP_EXTRACT(high, $number$, 1), '[£,%]', '', 'g') END AS high_number,
    CASE
      WHEN is_share AND denominator IS NULL
        THEN REGEXP_REPLACE(LOWER(denominator_text), '^[\[(](.*)[\])]$', '\1')
      WHEN NOT is_share AND NOT is_plain AND text <> ''
        THEN REGEXP_REPLACE(LOWER(text), '^[\[(](.*)[\])]$', '\1')
    END AS whole_mark,
    CASE WHEN status_text <> ''
      THEN REGEXP_REPLACE(LOWER(status_text), '^[\[(](.*)[\])]$', '\1') END AS status_mark
  FROM looked_at
), judged AS MATERIALIZED (
  SELECT
    c.*, a.code AS area, d.first_day, d.last_day, d.status AS period_status, d.note AS period_note,
    CASE WHEN c.is_less THEN c.denominator - c.less ELSE c.numerator_said END AS numerator,
    m.status AS cell_status, m.why AS cell_why, b.status AS beside_status,
    s.status AS said_status, s.why AS said_why,
    CASE
      WHEN c.area_text = '' AND c.period = '' AND c.text = '' AND c.denominator_text = ''
        THEN 'the row is empty'
      WHEN a.code IS NULL THEN COALESCE(a.why, 'no area is named')
      WHEN c.measure = '' THEN 'nothing says what is measured'
      WHEN c.period = '' THEN 'no period is named'
      WHEN NOT COALESCE(d.is_period, false) THEN '“' || c.period || '” is no period that is known'
      WHEN c.is_share AND m.status IS NULL
        AND (c.denominator IS NULL OR COALESCE(c.less, c.numerator_said) IS NULL)
        THEN 'a count in it is no whole number'
      WHEN c.is_share AND (
        COALESCE(c.numerator_said, c.denominator - c.less) < 0
        OR COALESCE(c.numerator_said, c.denominator - c.less) > c.denominator
      ) THEN 'one count is more than the whole that it is of'
      WHEN NOT c.is_share AND c.text <> '' AND c.number = '' AND m.status IS NULL
        THEN '“' || c.text || '” is neither a number nor a mark that is known'
    END AS aside
  FROM cut AS c
  LEFT JOIN areas AS a ON a.text = c.area_text
  LEFT JOIN periods AS d ON d.text = c.period
  LEFT JOIN marks AS m ON m.mark = c.whole_mark
  LEFT JOIN marks AS b ON b.mark = LOWER(NULLIF(c.mark_text, ''))
  LEFT JOIN marks AS s ON s.mark = c.status_mark
), twice AS (
  SELECT
    measure, area, first_day, last_day, MIN(row) AS first_row, MAX(row) AS last_row,
    MIN(COALESCE(number, '')) <> MAX(COALESCE(number, ''))
      OR COALESCE(MIN(numerator) <> MAX(numerator), false)
      OR COALESCE(MIN(denominator) <> MAX(denominator), false) AS differs
  FROM judged
  WHERE aside IS NULL
  GROUP BY measure, area, first_day, last_day
  HAVING COUNT(*) > 1
), told AS (
  SELECT
    j.*,
    CASE
      WHEN j.aside IS NOT NULL THEN j.aside
      WHEN t.differs THEN 'row ' || t.first_row || ' and row ' || t.last_row
        || ' say different figures of the same'
      WHEN j.row > t.first_row THEN 'row ' || t.first_row || ' says the same'
    END AS why_aside,
    CASE WHEN j.is_share THEN j.cell_status IS NOT NULL OR j.denominator = 0 ELSE j.number = '' END
      AS is_missing,
    j.number <> '' AND j.low_number <> '' AND j.high_number <> ''
      AND TRY_CAST(j.low_number AS DOUBLE) <= TRY_CAST(j.number AS DOUBLE) + 1e-9
      AND TRY_CAST(j.number AS DOUBLE) <= TRY_CAST(j.high_number AS DOUBLE) + 1e-9 AS holds
  FROM judged AS j
  LEFT JOIN twice AS t
    ON j.aside IS NULL AND t.measure = j.measure AND t.area = j.area
    AND t.first_day = j.first_day AND t.last_day = j.last_day
)
SELECT
  row, heading, measure, whole_of, area, area_name, level, period, is_share,
  CASE WHEN number <> '' THEN number END AS value,
  CASE WHEN is_share THEN numerator END AS numerator,
  CASE WHEN is_share THEN denominator END AS denominator,
  CASE WHEN holds THEN low_number END AS low,
  CASE WHEN holds THEN high_number END AS high,
  unit,
  CASE
    WHEN is_missing AND is_share AND cell_status IS NULL THEN 'not applicable'
    WHEN is_missing AND text = '' AND said_status IS NOT NULL THEN said_status
    WHEN is_missing THEN COALESCE(cell_status, 'missing')
    ELSE COALESCE(beside_status, said_status, period_status, 'published')
  END AS status,
  CASE
    WHEN NOT is_missing THEN ''
    WHEN is_share AND cell_status IS NULL THEN 'nobody was counted'
    WHEN text = '' AND said_status IS NOT NULL THEN said_why
    WHEN text = '' AND status_text <> '' THEN 'said with it: ' || status_text
    ELSE COALESCE(cell_why, 'the cell is empty, and nothing says why')
  END AS why_missing,
  CONCAT_WS('; ',
    NULLIF(note, ''),
    CASE WHEN status_text <> '' AND said_status IS NULL THEN status_text END,
    CASE WHEN mark_text <> '' AND beside_status IS NULL THEN 'marked ' || mark_text END,
    NULLIF(period_note, ''),
    CASE WHEN (low <> '' OR high <> '') AND number <> '' AND NOT holds
      THEN 'its limits as published do not hold it' END
  ) AS note,
  CASE WHEN why_aside IS NOT NULL THEN 'set aside' WHEN is_missing THEN 'missing' ELSE 'kept' END
    AS fate,
  why_aside, first_day, last_day,
  CASE WHEN is_share THEN denominator_text ELSE text END AS found
FROM told
