-- Which words stand beside payments to public bodies, so that it may be told what each payment is?
SELECT p.agency, p.payee, p.unit, p.purpose, p.detail, b.body
FROM payments AS p
JOIN payees AS b ON b.agency = p.agency AND b.payee = p.payee
WHERE LIST_CONTAINS(:agencies, p.agency) AND p.kind = 'payment' AND b.body <> ''
GROUP BY 1, 2, 3, 4, 5, 6
ORDER BY 1, 2, 3, 4, 5, 6
