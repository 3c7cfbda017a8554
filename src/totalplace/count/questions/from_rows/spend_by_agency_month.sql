-- The same as count/spend_by_agency_month, added up from every row, to check the cube by.
SELECT
  agency, month,
  COUNT(*) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence,
  CAST(COALESCE(SUM(amount_pence) FILTER (WHERE amount_pence < 0), 0) AS BIGINT) AS negative_pence
FROM payments
WHERE kind = 'payment'
GROUP BY agency, month
ORDER BY agency, month
