-- Which lines did officers rule to be paid once only: whose are they, what words stand beside them,
-- and under which year, body paid and service are they counted?
WITH ruled AS (
  SELECT UNNEST(:files) AS file, UNNEST(:sheets) AS sheet, UNNEST(:rows) AS row_number
)
SELECT
  p.agency,
  CAST(COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) AS INTEGER) AS year_start,
  COALESCE(b.body, '') AS body,
  p.payee, p.amount_pence, p.unit, p.purpose, p.detail,
  COALESCE(w.service, 'unclassified') AS service,
  COALESCE(w.economic, 'unknown') AS economic,
  COUNT(*) AS row_count,
  SUM(p.amount_pence) AS pence
FROM payments AS p
JOIN ruled AS r ON r.file = p.file AND r.sheet = p.sheet AND r.row_number = p.row
LEFT JOIN tables AS t ON t.file = p.file AND t.sheet = p.sheet
LEFT JOIN payees AS b ON b.agency = p.agency AND b.payee = p.payee
LEFT JOIN purposes AS w
  ON w.agency = p.agency AND w.unit = p.unit AND w.purpose = p.purpose
 AND w.detail = p.detail AND w.payee = p.payee
WHERE p.kind = 'payment'
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
