-- What did each agency pay in each month? From the cube, or from the month cube.
SELECT
  agency, month,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence,
  CAST(SUM(negative_pence) AS BIGINT) AS negative_pence
FROM cube
WHERE kind = 'payment'
GROUP BY agency, month
ORDER BY agency, month
