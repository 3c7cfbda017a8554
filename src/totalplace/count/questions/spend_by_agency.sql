-- What did each agency pay in each financial year, and how much of it is refunds, copies of other
-- lines, or redacted? From the cube, or from the month cube.
SELECT
  agency, year_start,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence,
  CAST(SUM(negative_pence) AS BIGINT) AS negative_pence,
  CAST(SUM(CASE WHEN copy THEN row_count ELSE 0 END) AS BIGINT) AS copy_rows,
  CAST(SUM(CASE WHEN copy THEN amount_pence ELSE 0 END) AS BIGINT) AS copy_pence,
  CAST(SUM(CASE WHEN redacted THEN row_count ELSE 0 END) AS BIGINT) AS redacted_rows,
  CAST(SUM(CASE WHEN redacted THEN amount_pence ELSE 0 END) AS BIGINT) AS redacted_pence
FROM cube
WHERE kind = 'payment'
GROUP BY agency, year_start
ORDER BY agency, year_start
