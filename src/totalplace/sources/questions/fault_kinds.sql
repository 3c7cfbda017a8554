-- How many faults of each kind do the files of some agencies have, and what do they come to?
SELECT
  agency, file, name, sheet, "column", why, next_step, refused,
  COUNT(*) AS faults, SUM(amount_pence) AS pence
FROM faults
WHERE LIST_CONTAINS(:files, file)
GROUP BY ALL
ORDER BY agency, name, sheet, refused DESC, faults DESC, "column", why
