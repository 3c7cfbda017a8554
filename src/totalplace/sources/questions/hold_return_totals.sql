-- Published totals as they are held, each beside the sum of what it adds up, where that is held.
SELECT
  agency, body_gss, body_name, area, year_start, form, line, item, amount_pence,
  CASE WHEN has_sum THEN sum_pence END AS sum_pence,
  parts, parts_missing, allowed_pence, verdict, why, file, document, sheet, row, "column"
FROM totals
