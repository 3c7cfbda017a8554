-- The same as count/transfers, added up from every row, to check the cube by.
SELECT
  p.agency, y.body, y.body_kind,
  COUNT(*) AS row_count,
  CAST(SUM(p.amount_pence) AS BIGINT) AS amount_pence,
  CAST(COALESCE(SUM(p.amount_pence) FILTER (WHERE p.amount_pence < 0), 0) AS BIGINT)
    AS negative_pence
FROM payments AS p
JOIN payees AS y ON p.agency = y.agency AND p.payee = y.payee
LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
WHERE p.kind = 'payment' AND y.body <> '' AND CAST(COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) AS INTEGER) = :year_start
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
