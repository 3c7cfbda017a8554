-- Which words stand beside payments, and so may say what they were for?
SELECT agency, unit, purpose, detail, payee, COUNT(*) AS row_count, SUM(amount_pence) AS pence
FROM payments
WHERE LIST_CONTAINS(:agencies, agency) AND kind = 'payment'
GROUP BY agency, unit, purpose, detail, payee
ORDER BY agency, unit, purpose, detail, payee
