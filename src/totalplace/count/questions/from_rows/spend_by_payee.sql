-- The same as count/spend_by_payee, added up from every row, to check the payee cube by.
SELECT
  p.payee,
  COALESCE(y.body, '') AS body,
  COUNT(DISTINCT p.agency) AS agencies,
  COUNT(*) AS row_count,
  CAST(SUM(p.amount_pence) AS BIGINT) AS amount_pence
FROM payments AS p
LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
LEFT JOIN payees AS y ON p.agency = y.agency AND p.payee = y.payee
WHERE p.kind = 'payment' AND CAST(COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) AS INTEGER) = :year_start
GROUP BY 1, 2
ORDER BY amount_pence DESC, payee, body
LIMIT :most
