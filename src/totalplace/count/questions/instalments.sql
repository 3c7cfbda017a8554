-- Payments to public bodies whose words may be of a precept, by sum: instalments of one year are
-- equal to the penny, so one that does not say whose it is may be told by those that do.
SELECT
  p.agency,
  CAST(COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) AS INTEGER) AS year_start,
  b.body, p.payee, p.amount_pence, p.unit, p.purpose, p.detail,
  w.service, w.economic,
  COUNT(*) AS row_count
FROM payments AS p
JOIN payees AS b ON b.agency = p.agency AND b.payee = p.payee
LEFT JOIN tables AS t ON t.file = p.file AND t.sheet = p.sheet
LEFT JOIN purposes AS w
  ON w.agency = p.agency AND w.unit = p.unit AND w.purpose = p.purpose
 AND w.detail = p.detail AND w.payee = p.payee
WHERE LIST_CONTAINS(:agencies, p.agency) AND p.kind = 'payment' AND b.body <> ''
  AND (
    LOWER(p.purpose || ' ' || p.detail || ' ' || p.unit) LIKE '%p%r%e%c%p%t%'
    OR LOWER(p.purpose || ' ' || p.detail || ' ' || p.unit) LIKE '%d%f%c%t%'
    OR LOWER(p.purpose || ' ' || p.detail || ' ' || p.unit) LIKE '%s%rpl%s%'
  )
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
