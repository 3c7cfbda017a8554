-- Published totals of some bodies, or of all, each beside the sum of what it adds up.
SELECT
  agency, body_gss, body_name, area, year_start, form, line, item, amount_pence, sum_pence, parts,
  parts_missing, allowed_pence, verdict, why, file, document, sheet, row, "column"
FROM return_totals
WHERE (:every_body OR LIST_CONTAINS(:bodies, agency) OR LIST_CONTAINS(:bodies, body_gss)
       OR LIST_CONTAINS(:bodies, area))
  AND (:every_year OR year_start = :year)
ORDER BY agency, area, year_start, form, document, sheet, row, "column"
