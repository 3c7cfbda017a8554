-- The words of the rows of a file, in which a payee's name may have to be erased.
SELECT sheet, row, kind, amount_pence, payee, payee_number, unit, purpose, detail, reference
FROM payments
WHERE file = :file
ORDER BY sheet, row, payee, amount_pence
