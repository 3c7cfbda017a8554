-- What do the returns of some bodies say, or of all, each by its latest file that has a figure?
WITH versions AS (
  SELECT
    *,
    LIST_POSITION(:in_order, file) AS version,
    MAX(LIST_POSITION(:in_order, file)) OVER same AS latest,
    MAX(CASE WHEN amount_pence IS NOT NULL THEN LIST_POSITION(:in_order, file) END) OVER same
      AS latest_filled
  FROM returns
  WHERE (:every_body OR LIST_CONTAINS(:bodies, agency) OR LIST_CONTAINS(:bodies, body_gss)
         OR LIST_CONTAINS(:bodies, area))
    AND (:every_year OR year_start = :year)
  WINDOW same AS (PARTITION BY form, agency, area, year_start)
)
SELECT
  agency, body_gss, body_name, area, year_start, form, line, service, economic, item,
  income_rule, basis, status, amount_pence, low_pence, high_pence, file, document, sheet, row,
  "column", note, version <> COALESCE(latest_filled, latest) AS superseded
FROM versions
WHERE :superseded_too OR version = COALESCE(latest_filled, latest)
ORDER BY agency, area, year_start, form, version, document, sheet, row, "column", line
