-- What did each agency pay in each month and financial year that is held? From the month cube.
SELECT
  agency, year_start, month,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence,
  CAST(SUM(CASE WHEN copy THEN amount_pence ELSE 0 END) AS BIGINT) AS copy_pence
FROM cube
WHERE kind = 'payment'
GROUP BY agency, year_start, month
ORDER BY agency, year_start NULLS LAST, month NULLS LAST
