-- The same as count/spend_by_agency, added up from every row, to check the cube by.
SELECT
  p.agency,
  CAST(COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) AS INTEGER) AS year_start,
  COUNT(*) AS row_count,
  CAST(SUM(p.amount_pence) AS BIGINT) AS amount_pence,
  CAST(COALESCE(SUM(p.amount_pence) FILTER (WHERE p.amount_pence < 0), 0) AS BIGINT)
    AS negative_pence,
  COUNT(*) FILTER (WHERE p.copy) AS copy_rows,
  CAST(COALESCE(SUM(p.amount_pence) FILTER (WHERE p.copy), 0) AS BIGINT) AS copy_pence,
  COUNT(*) FILTER (WHERE p.redacted) AS redacted_rows,
  CAST(COALESCE(SUM(p.amount_pence) FILTER (WHERE p.redacted), 0) AS BIGINT) AS redacted_pence
FROM payments AS p
LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
WHERE p.kind = 'payment'
GROUP BY 1, 2
ORDER BY 1, 2
