-- The rows of a holding; those from which a name was erased have other words, and nothing else is.
SELECT
  h.agency, h.file, COALESCE(n.new_sheet, h.sheet) AS sheet, h.row, h.kind, h.amount_pence,
  h.net_pence, h.vat_pence, h.gross_pence, h.vat_basis, h.paid_on, h.precision, h.month,
  COALESCE(c.new_payee, h.payee) AS payee,
  COALESCE(c.new_payee_number, h.payee_number) AS payee_number,
  h.redacted OR COALESCE(c.new_redacted, FALSE) AS redacted,
  COALESCE(c.new_unit, h.unit) AS unit, COALESCE(c.new_purpose, h.purpose) AS purpose,
  COALESCE(c.new_detail, h.detail) AS detail, COALESCE(c.new_reference, h.reference) AS reference,
  h.copy
FROM held AS h
LEFT JOIN changes AS c
  ON h.file = c.file AND h.sheet = c.sheet AND h.row = c.row AND h.payee = c.payee
  AND h.payee_number = c.payee_number AND h.unit = c.unit AND h.purpose = c.purpose
  AND h.detail = c.detail AND h.reference = c.reference
LEFT JOIN names AS n ON h.file = n.file AND h.sheet = n.sheet
