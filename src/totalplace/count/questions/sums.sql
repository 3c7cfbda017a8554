-- What the holdings hold of each agency and kind, to compare with what was read from its files.
SELECT agency, kind, COUNT(*) AS row_count, SUM(amount_pence) AS pence
FROM payments
WHERE LIST_CONTAINS(:agencies, agency)
GROUP BY agency, kind
ORDER BY agency, kind
