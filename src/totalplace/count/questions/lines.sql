-- What is held, by table and month of the date given: rows and pence of each kind, and of them
-- the negative, the extra copies, the redacted, and those with no date of their own.
SELECT
  agency, file, sheet, kind, month,
  COUNT(*) AS row_count,
  SUM(amount_pence) AS pence,
  COUNT(*) FILTER (WHERE amount_pence < 0) AS negative_rows,
  COALESCE(SUM(amount_pence) FILTER (WHERE amount_pence < 0), 0) AS negative_pence,
  COUNT(*) FILTER (WHERE copy) AS copy_rows,
  COALESCE(SUM(amount_pence) FILTER (WHERE copy), 0) AS copy_pence,
  COUNT(*) FILTER (WHERE redacted) AS redacted_rows,
  COALESCE(SUM(amount_pence) FILTER (WHERE redacted), 0) AS redacted_pence,
  COUNT(*) FILTER (WHERE precision NOT IN ('day', 'month')) AS undated_rows,
  COALESCE(SUM(amount_pence) FILTER (WHERE precision NOT IN ('day', 'month')), 0) AS undated_pence,
  COUNT(*) FILTER (WHERE payee <> '' AND payee = LOWER(payee) AND payee <> UPPER(payee))
    AS small_letter_rows
FROM payments
WHERE LIST_CONTAINS(:agencies, agency)
GROUP BY agency, file, sheet, kind, month
ORDER BY agency, file, sheet, kind, month
