-- All that a cube holds of a financial year, to be frozen in an edition.
SELECT
  agency, year_start, month, kind, vat_basis, body, body_kind, service, economic,
  redacted, copy, row_count, amount_pence, negative_pence
FROM cube
WHERE year_start = :year_start
ORDER BY agency, year_start, month, kind, vat_basis, body, body_kind, service, economic,
  redacted, copy
