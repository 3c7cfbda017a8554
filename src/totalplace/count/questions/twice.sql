-- Which payments stand in two tables of one agency: same payee, day, sum, reference and words.
-- Lines without a reference are left out, as two payments alike on one day may both be real.
WITH alike AS (
  SELECT agency, COUNT(*) - 1 AS extra, amount_pence,
         MIN(month) AS month, COUNT(DISTINCT file || '/' || sheet) AS tables
  FROM payments
  WHERE LIST_CONTAINS(:agencies, agency)
    AND kind = 'payment' AND precision = 'day' AND reference <> '' AND NOT copy
    AND amount_pence <> 0
  GROUP BY agency, payee, paid_on, amount_pence, reference, unit, purpose
)
SELECT agency, MIN(month) AS first_month, MAX(month) AS last_month,
       SUM(extra) AS row_count, SUM(extra * amount_pence) AS pence
FROM alike
WHERE tables > 1
GROUP BY agency
ORDER BY agency
