-- Which public body is each payee of an agency recognised as? Names without regard to capitals.
SELECT LOWER(payee) AS payee, MIN(body) AS body
FROM payees
WHERE LIST_CONTAINS(:agencies, agency) AND body <> ''
GROUP BY LOWER(payee)
ORDER BY LOWER(payee)
