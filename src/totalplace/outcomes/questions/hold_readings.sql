-- What is each figure of a published table: a reading, a reading that is missing, or set aside?
WITH looked_at AS (
  SELECT
    p.row, p.heading, TRIM(p.measure) AS measure, p.whole_of, TRIM(p.area) AS area_text,
    TRIM(p.area_name) AS area_name, TRIM(p.level) AS level, TRIM(p.period) AS period,
    REPLACE(TRIM(p.value), '−', '-') AS text, TRIM(p.unit) AS unit, TRIM(p.note) AS note,
    TRIM(p.status) AS status_text, p.is_share,
    TRIM(p.numerator) AS numerator_text, TRIM(p.denominator) AS denominator_text,
    TRY_CAST(REGEXP_REPLACE(REPLACE(TRIM(p.denominator), ',', ''), '\.0+$', '') AS BIGINT)
      AS denominator,
    TRY_CAST(REGEXP_REPLACE(REPLACE(TRIM(p.numerator), ',', ''), '\.0+$', '') AS BIGINT)
      AS numerator_said,
    TRY_CAST(REGEXP_REPLACE(REPLACE(TRIM(p.less), ',', ''), '\.0+$', '') AS BIGINT) AS less,
    p.is_less,
    REGEXP_EXTRACT(REPLACE(TRIM(p.value), '−', '-'), $number$, 1) AS number_text,
    REGEXP_EXTRACT(REPLACE(TRIM(p.value), '−', '-'), $number$, 2) AS mark_text,
    REGEXP_EXTRACT(REPLACE(TRIM(p.low), '−', '-'), $number$, 1) AS low_text,
    REGEXP_EXTRACT(REPLACE(TRIM(p.high), '−', '-'), $number$, 1) AS high_text,
    TRIM(p.low) <> '' OR TRIM(p.high) <> '' AS has_limits
  FROM published AS p
), joined AS (
  SELECT
    l.*, a.code AS area, a.why AS area_why, d.is_period, d.first_day, d.last_day,
    d.status AS period_status, d.note AS period_note,
    CASE WHEN l.is_less THEN l.denominator - l.less ELSE l.numerator_said END AS numerator,
    REGEXP_REPLACE(l.number_text, '[£,%]', '', 'g') AS number,
    REGEXP_REPLACE(l.low_text, '[£,%]', '', 'g') AS low_number,
    REGEXP_REPLACE(l.high_text, '[£,%]', '', 'g') AS high_number,
    m.status AS cell_status, m.why AS cell_why,
    b.status AS beside_status, s.status AS said_status, s.why AS said_why
  FROM looked_at AS l
  LEFT JOIN areas AS a ON a.text = l.area_text
  LEFT JOIN periods AS d ON d.text = l.period
  LEFT JOIN marks AS m
    ON m.mark = REGEXP_REPLACE(
      LOWER(CASE WHEN l.is_share THEN l.denominator_text ELSE l.text END), '^[\[(](.*)[\])]$', '\1')
  LEFT JOIN marks AS b ON b.mark = LOWER(l.mark_text)
  LEFT JOIN marks AS s
    ON s.mark = REGEXP_REPLACE(LOWER(l.status_text), '^[\[(](.*)[\])]$', '\1')
), judged AS (
  SELECT
    *,
    CASE
      WHEN area_text = '' AND period = '' AND text = '' AND denominator_text = ''
        THEN 'the row is empty'
      WHEN area IS NULL THEN COALESCE(area_why, 'no area is named')
      WHEN measure = '' THEN 'nothing says what is measured'
      WHEN period = '' THEN 'no period is named'
      WHEN NOT COALESCE(is_period, false) THEN '“' || period || '” is no period that is known'
      WHEN is_share AND cell_status IS NULL AND (denominator IS NULL OR numerator IS NULL)
        THEN 'a count in it is no whole number'
      WHEN is_share AND (numerator < 0 OR numerator > denominator)
        THEN 'one count is more than the whole that it is of'
      WHEN NOT is_share AND text <> '' AND number = '' AND cell_status IS NULL
        THEN '“' || text || '” is neither a number nor a mark that is known'
    END AS aside
  FROM joined
), told AS (
  SELECT
    *,
    CASE
      WHEN aside IS NOT NULL THEN aside
      WHEN COUNT(*) OVER same = 1 THEN NULL
      WHEN MIN(COALESCE(number, '')) OVER same <> MAX(COALESCE(number, '')) OVER same
        OR MIN(numerator) OVER same <> MAX(numerator) OVER same
        OR MIN(denominator) OVER same <> MAX(denominator) OVER same
        THEN 'row ' || MIN(row) OVER same || ' and row ' || MAX(row) OVER same
          || ' say different figures of the same'
      WHEN row > MIN(row) OVER same THEN 'row ' || MIN(row) OVER same || ' says the same'
    END AS why_aside
  FROM judged
  WINDOW same AS (PARTITION BY measure, area, first_day, last_day, aside IS NULL)
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
    CASE WHEN has_limits AND number <> '' AND NOT holds
      THEN 'its limits as published do not hold it' END
  ) AS note,
  CASE WHEN why_aside IS NOT NULL THEN 'set aside' WHEN is_missing THEN 'missing' ELSE 'kept' END
    AS fate,
  why_aside, first_day, last_day,
  CASE WHEN is_share THEN denominator_text ELSE text END AS found
FROM (
  SELECT
    *,
    CASE WHEN is_share THEN cell_status IS NOT NULL OR denominator = 0 ELSE number = '' END
      AS is_missing,
    number <> '' AND low_number <> '' AND high_number <> ''
      AND TRY_CAST(low_number AS DOUBLE) <= TRY_CAST(number AS DOUBLE) + 1e-9
      AND TRY_CAST(number AS DOUBLE) <= TRY_CAST(high_number AS DOUBLE) + 1e-9 AS holds
  FROM told
)
ORDER BY row, heading
