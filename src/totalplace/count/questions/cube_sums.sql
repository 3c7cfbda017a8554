-- What a cube holds of each agency and kind, to compare with the rows that it was added up from.
SELECT
  agency, kind,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS pence
FROM cube
GROUP BY agency, kind
ORDER BY agency, kind
