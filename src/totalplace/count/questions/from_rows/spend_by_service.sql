-- The same as count/spend_by_service, added up from every row, to check the cube by.
SELECT
  p.agency,
  COALESCE(w.service, 'unclassified') AS service,
  COALESCE(w.economic, 'unknown') AS economic,
  COUNT(*) AS row_count,
  CAST(SUM(p.amount_pence) AS BIGINT) AS amount_pence,
  CAST(COALESCE(SUM(p.amount_pence) FILTER (WHERE p.amount_pence < 0), 0) AS BIGINT)
    AS negative_pence
FROM payments AS p
LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
LEFT JOIN purposes AS w
  ON p.agency = w.agency AND p.unit = w.unit AND p.purpose = w.purpose
 AND p.detail = w.detail AND p.payee = w.payee
WHERE p.kind = 'payment' AND CAST(COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) AS INTEGER) = :year_start
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
