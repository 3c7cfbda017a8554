-- What do the rows of each file come to, in every figure that an erasure must leave as it is?
SELECT
  file, kind, COUNT(*) AS row_count, CAST(SUM(row) AS BIGINT) AS row_numbers,
  SUM(amount_pence) AS pence, SUM(net_pence) AS net_pence, SUM(vat_pence) AS vat_pence,
  SUM(gross_pence) AS gross_pence, COUNT(net_pence) AS nets, COUNT(vat_pence) AS vats,
  COUNT(gross_pence) AS grosses, MIN(paid_on) AS first_day, MAX(paid_on) AS last_day,
  COUNT(paid_on) AS days, SUM(CASE WHEN copy THEN 1 ELSE 0 END) AS copies
FROM payments
GROUP BY file, kind
ORDER BY file, kind
