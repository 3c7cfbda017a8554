-- Where may the total of an invoice stand on each of its lines? Lines of one payee, day and
-- reference that all show one sum, three or more of them; what they add to once it is counted.
WITH invoices AS (
  SELECT agency, file, sheet, month, payee, paid_on, reference,
         CASE WHEN reference = '' THEN amount_pence END AS own_sum,
         COUNT(*) AS line_count,
         COUNT(DISTINCT amount_pence) AS sums,
         COUNT(DISTINCT net_pence) AS nets,
         MAX(amount_pence) AS once_pence,
         SUM(amount_pence) AS pence
  FROM payments
  WHERE LIST_CONTAINS(:agencies, agency)
    AND kind = 'payment' AND amount_pence > 0 AND NOT redacted AND month IS NOT NULL
  GROUP BY agency, file, sheet, month, payee, paid_on, reference,
           CASE WHEN reference = '' THEN amount_pence END
)
SELECT
  agency, file, sheet, month,
  SUM(line_count) AS row_count,
  SUM(pence) AS pence,
  COUNT(*) FILTER (WHERE sums = 1 AND line_count >= 3) AS repeated,
  COALESCE(SUM(line_count) FILTER (WHERE sums = 1 AND line_count >= 3), 0) AS repeated_rows,
  COALESCE(SUM(pence - once_pence) FILTER (WHERE sums = 1 AND line_count >= 3), 0) AS extra_pence,
  COUNT(*) FILTER (WHERE sums = 1 AND line_count >= 3 AND nets > 1) AS finer
FROM invoices
GROUP BY agency, file, sheet, month
ORDER BY agency, file, sheet, month
