-- The words of the faults of a file, in which a payee's name may have to be erased.
SELECT DISTINCT name, sheet, row, "column", found
FROM faults
WHERE file = :file
ORDER BY name, sheet, row, "column", found
