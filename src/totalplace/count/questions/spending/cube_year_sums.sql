-- What a cube holds of a financial year, by all that it tells apart but months, to compare with the
-- lines of the year.
SELECT
  agency, kind, body, service, economic,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence
FROM cube
WHERE year_start = :year_start
GROUP BY agency, kind, body, service, economic
ORDER BY agency, kind, body, service, economic
