-- The cube without bodies and services: thirty times smaller, for questions that ask for neither.
-- Its columns are the cube's, so that the same questions can be asked of it as table `cube`.
SELECT
  agency, year_start, month, kind, vat_basis, redacted, copy,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence,
  CAST(SUM(negative_pence) AS BIGINT) AS negative_pence
FROM cube
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY 1, 2, 3, 4, 5, 6, 7
