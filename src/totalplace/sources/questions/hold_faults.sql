-- Faults as they are held: where each was found, what was found, why it is one, what to do.
SELECT
  t.agency, t.file, t.name, t.sheet, f.row, f."column", f.found, f.why, f.next_step,
  f.refused <> 0 AS refused,
  CASE WHEN f.has_amount <> 0 THEN f.amount_pence END AS amount_pence
FROM faults AS f JOIN tables AS t ON f.table_no = t.table_no
