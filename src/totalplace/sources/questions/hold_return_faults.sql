-- Faults of returns as they are held: where each stands, what was found, why, and what to do.
SELECT form, file, document, sheet, row, "column", cell, found, why, next_step, figures
FROM faults
