-- Which names were payments made to, by agency? A name stands as it was published.
SELECT agency, payee, COUNT(*) AS row_count, SUM(amount_pence) AS pence
FROM payments
WHERE LIST_CONTAINS(:agencies, agency) AND kind = 'payment'
GROUP BY agency, payee
ORDER BY agency, payee
