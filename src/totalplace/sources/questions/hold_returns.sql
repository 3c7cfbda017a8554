-- Lines of returns as they are held; a figure that is missing is NULL, and so is its range.
SELECT
  agency, body_gss, body_name, area, year_start, form, line, service, economic, item,
  income_rule, basis, status,
  CASE WHEN has_amount THEN amount_pence END AS amount_pence,
  CASE WHEN has_amount THEN low_pence END AS low_pence,
  CASE WHEN has_amount THEN high_pence END AS high_pence,
  file, document, sheet, row, "column", note
FROM lines
