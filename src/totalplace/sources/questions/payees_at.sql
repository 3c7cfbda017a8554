-- Whose payments are some rows of a file?
SELECT sheet, row, payee
FROM payments
WHERE file = :file AND LIST_CONTAINS(:rows, row)
ORDER BY sheet, row, payee
