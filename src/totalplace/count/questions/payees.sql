-- What each payee was paid by an agency in a financial year. A table that is published for one
-- year counts in that year (`years`, beside `files` and `sheets`); else the date given decides.
WITH tables AS (
  SELECT UNNEST(:files) AS file, UNNEST(:sheets) AS sheet, UNNEST(:years) AS year_start
),
monthly AS (
  SELECT
    p.agency,
    CAST(COALESCE(
      t.year_start,
      EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
    ) AS INTEGER) AS year_start,
    LOWER(p.payee) AS payee,
    p.month,
    BOOL_OR(p.redacted) AS redacted,
    COUNT(*) AS row_count,
    SUM(p.amount_pence) AS pence
  FROM payments AS p
  LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
  WHERE LIST_CONTAINS(:agencies, p.agency) AND p.kind = 'payment'
  GROUP BY 1, 2, 3, 4
)
SELECT
  agency, year_start, payee,
  BOOL_OR(redacted) AS redacted,
  SUM(row_count) AS row_count,
  COUNT(month) AS month_count,
  MAX(pence) AS greatest_month_pence,
  SUM(pence) AS pence
FROM monthly
GROUP BY agency, year_start, payee
ORDER BY agency, year_start, payee
