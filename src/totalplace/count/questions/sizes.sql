-- How many payments of a month are smaller than each sum from which bodies are used to publish?
-- Nothing is smaller than nothing: payments of zero are left out.
SELECT
  agency, month,
  COUNT(*) AS row_count,
  COUNT(*) FILTER (WHERE ABS(amount_pence) < 10000) AS under_100,
  COUNT(*) FILTER (WHERE ABS(amount_pence) < 25000) AS under_250,
  COUNT(*) FILTER (WHERE ABS(amount_pence) < 50000) AS under_500,
  COUNT(*) FILTER (WHERE ABS(amount_pence) < 100000) AS under_1000,
  COUNT(*) FILTER (WHERE ABS(amount_pence) < 500000) AS under_5000,
  COUNT(*) FILTER (WHERE ABS(amount_pence) < 1000000) AS under_10000,
  COUNT(*) FILTER (WHERE ABS(amount_pence) < 2500000) AS under_25000,
  MIN(ABS(amount_pence)) AS least_pence
FROM payments
WHERE LIST_CONTAINS(:agencies, agency)
  AND kind = 'payment' AND amount_pence <> 0 AND month IS NOT NULL
GROUP BY agency, month
ORDER BY agency, month
