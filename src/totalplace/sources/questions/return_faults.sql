-- What could not be taken of returns, where it stands, why, and what to do about it.
SELECT form, file, document, sheet, row, "column", cell, found, why, next_step, figures
FROM return_faults
WHERE :every_file OR LIST_CONTAINS(:files, file)
ORDER BY file, document, sheet, row, "column"
