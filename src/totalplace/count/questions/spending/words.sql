-- Every set of words that stands beside a payment of a year, once and numbered, with what it tells:
-- the body paid and the service. The words of a payee stand together, whoever paid; `payee_key`
-- names a payee in an address, without its name.
WITH yearly AS (
  SELECT p.agency, p.payee, p.unit, p.purpose, p.detail, p.redacted, COUNT(*) AS row_count
  FROM payments AS p
  LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
  WHERE LIST_CONTAINS(:agencies, p.agency) AND LIST_CONTAINS(:files, p.file)
    AND COALESCE(
      t.year_start,
      EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
    ) = :year_start
  GROUP BY 1, 2, 3, 4, 5, 6
)
SELECT
  CAST(ROW_NUMBER() OVER (
    ORDER BY LOWER(p.payee), p.payee, p.agency, p.unit, p.purpose, p.detail, p.redacted
  ) AS INTEGER) AS word_no,
  p.agency, p.payee, p.unit, p.purpose, p.detail, p.redacted,
  LOWER(p.payee || ' ' || p.unit || ' ' || p.purpose || ' ' || p.detail) AS text,
  CASE WHEN p.redacted OR p.payee = '' THEN '' ELSE SUBSTR(MD5(LOWER(p.payee)), 1, 16) END
    AS payee_key,
  COALESCE(y.body, '') AS body,
  COALESCE(y.body_kind, '') AS body_kind,
  COALESCE(w.service, 'unclassified') AS service,
  COALESCE(w.economic, 'unknown') AS economic,
  COALESCE(w.confidence, 0) AS confidence
FROM yearly AS p
LEFT JOIN payees AS y ON p.agency = y.agency AND p.payee = y.payee
LEFT JOIN purposes AS w
  ON p.agency = w.agency AND p.unit = w.unit AND p.purpose = w.purpose
 AND p.detail = w.detail AND p.payee = w.payee
ORDER BY word_no
