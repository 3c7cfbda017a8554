-- The faults of a holding; those that quoted a name that was erased quote it no more.
SELECT
  h.agency, h.file, COALESCE(c.new_name, h.name) AS name, COALESCE(c.new_sheet, h.sheet) AS sheet,
  h.row, COALESCE(c.new_column, h."column") AS "column", COALESCE(c.new_found, h.found) AS found,
  h.why, h.next_step, h.refused, h.amount_pence
FROM held AS h
LEFT JOIN changes AS c
  ON h.file = c.file AND h.name = c.name AND h.sheet = c.sheet AND h.row = c.row
  AND h."column" = c."column" AND h.found = c.found
