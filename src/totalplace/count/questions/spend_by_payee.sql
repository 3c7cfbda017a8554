-- Which payees were paid the most in a financial year by all agencies together? As they are named:
-- `agencies` says how many name them so.
SELECT
  payee, body,
  COUNT(*) AS agencies,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence
FROM payee_cube
WHERE year_start = :year_start
GROUP BY payee, body
ORDER BY amount_pence DESC, payee, body
LIMIT :most
