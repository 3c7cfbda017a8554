-- The payments of some files alone, to make an edition again from what it was made from.
SELECT *
FROM payments
WHERE LIST_CONTAINS(:files, file)
ORDER BY agency, file, sheet, row
