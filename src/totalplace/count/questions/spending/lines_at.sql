-- What stands in a row of a file, of a year? One line, unless an archive has several such files.
SELECT
  w.agency, l.file, l.sheet, l.row, l.kind, l.amount_pence, l.net_pence, l.vat_pence,
  l.gross_pence, l.vat_basis, l.paid_on, l.precision, l.month, w.payee, w.payee_key,
  l.payee_number, w.redacted, w.unit, w.purpose, w.detail, l.reference, l.copy, w.body,
  w.body_kind, w.service, w.economic, w.confidence, l.nature, l.receiver, l.treatment
FROM lines AS l
JOIN words AS w ON l.word_no = w.word_no
WHERE l.file = :file AND l.row = :row AND (:every_sheet OR l.sheet = :sheet)
ORDER BY l.sheet, l.word_no, l.amount_pence, l.reference
