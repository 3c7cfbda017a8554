-- Which lines did officers rule to be paid once only, and under which service are they counted?
WITH ruled AS (
  SELECT UNNEST(:files) AS file, UNNEST(:sheets) AS sheet, UNNEST(:rows) AS row_number
),
yearly AS (
  SELECT
    p.agency, p.amount_pence, p.unit, p.purpose, p.detail, p.payee,
    CAST(COALESCE(
      t.year_start,
      EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
    ) AS INTEGER) AS year_start
  FROM payments AS p
  JOIN ruled AS r ON r.file = p.file AND r.sheet = p.sheet AND r.row_number = p.row
  LEFT JOIN tables AS t ON t.file = p.file AND t.sheet = p.sheet
  WHERE p.kind = 'payment'
)
SELECT
  y.agency,
  COALESCE(w.service, 'unclassified') AS service,
  COALESCE(w.economic, 'unknown') AS economic,
  COUNT(*) AS row_count,
  SUM(y.amount_pence) AS amount_pence
FROM yearly AS y
LEFT JOIN purposes AS w
  ON w.agency = y.agency AND w.unit = y.unit AND w.purpose = y.purpose
 AND w.detail = y.detail AND w.payee = y.payee
WHERE y.year_start = :year_start
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
