-- Which payees stand in which files?
SELECT DISTINCT file, payee FROM payments WHERE payee <> '' ORDER BY file, payee
