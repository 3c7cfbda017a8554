-- What was paid, added up once by all that summaries ask for: agency, financial year, month, kind,
-- VAT basis, public body paid, service, revenue or capital, and the lines that are redacted or are
-- copies. A sheet that is published for one year counts in it; else the date given decides. Names
-- and words that stand in no other table are of no public body, and unclassified.
SELECT
  p.agency,
  CAST(COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) AS INTEGER) AS year_start,
  p.month, p.kind, p.vat_basis,
  COALESCE(y.body, '') AS body,
  COALESCE(y.body_kind, '') AS body_kind,
  COALESCE(w.service, 'unclassified') AS service,
  COALESCE(w.economic, 'unknown') AS economic,
  p.redacted, p.copy,
  COUNT(*) AS row_count,
  CAST(SUM(p.amount_pence) AS BIGINT) AS amount_pence,
  CAST(SUM(CASE WHEN p.amount_pence < 0 THEN p.amount_pence ELSE 0 END) AS BIGINT)
    AS negative_pence
FROM payments AS p
LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
LEFT JOIN payees AS y ON p.agency = y.agency AND p.payee = y.payee
LEFT JOIN purposes AS w
  ON p.agency = w.agency AND p.unit = w.unit AND p.purpose = w.purpose
 AND p.detail = w.detail AND p.payee = w.payee
WHERE LIST_CONTAINS(:agencies, p.agency)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
ORDER BY 2, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11  -- a year is read without the others
