-- Where the faults of a file stand, what was found there, why it is one and what to do about it.
SELECT name, sheet, row, "column", found, why, next_step, refused, amount_pence
FROM faults
WHERE file = :file
ORDER BY name, sheet, row, "column"
LIMIT :most
