-- What did each agency pay in a financial year for each service, revenue and capital apart?
SELECT
  agency, service, economic,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence,
  CAST(SUM(negative_pence) AS BIGINT) AS negative_pence
FROM cube
WHERE kind = 'payment' AND year_start = :year_start
GROUP BY agency, service, economic
ORDER BY agency, service, economic
