-- What each payee was paid by an agency in a financial year, added up once. Names stand as they
-- were published; `body` is the public body that a name is recognised as, or nothing.
WITH paid AS (
  SELECT
    p.agency,
    CAST(COALESCE(
      t.year_start,
      EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
    ) AS INTEGER) AS year_start,
    p.payee,
    COUNT(*) AS row_count,
    CAST(SUM(p.amount_pence) AS BIGINT) AS amount_pence
  FROM payments AS p
  LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
  WHERE LIST_CONTAINS(:agencies, p.agency) AND p.kind = 'payment'
  GROUP BY 1, 2, 3
)
SELECT
  p.agency, p.year_start, p.payee, COALESCE(y.body, '') AS body, p.row_count, p.amount_pence
FROM paid AS p
LEFT JOIN payees AS y ON p.agency = y.agency AND p.payee = y.payee
ORDER BY 2, 1, 3, 4  -- a year is read without the others
