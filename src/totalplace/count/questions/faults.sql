-- What could not be read, by table and reason: whole rows refused, and single cells left out.
SELECT
  agency, file, sheet, why, refused,
  COUNT(*) AS row_count,
  COALESCE(SUM(amount_pence), 0) AS pence,
  COUNT(*) FILTER (WHERE amount_pence IS NULL) AS without_amount
FROM faults
WHERE LIST_CONTAINS(:agencies, agency)
GROUP BY agency, file, sheet, why, refused
ORDER BY agency, file, sheet, why, refused
