-- Every line of a year, each with the number of the words that stand beside it. Lines of one payee
-- stand together, so that a question about it need not read the others.
SELECT
  w.word_no, p.file, p.sheet, p.row, p.kind, p.amount_pence, p.net_pence, p.vat_pence,
  p.gross_pence, p.vat_basis, p.paid_on, p.precision, p.month, p.payee_number, p.reference, p.copy
FROM payments AS p
JOIN words AS w
  ON p.agency = w.agency AND p.payee = w.payee AND p.unit = w.unit AND p.purpose = w.purpose
 AND p.detail = w.detail AND p.redacted = w.redacted
LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
WHERE LIST_CONTAINS(:files, p.file)
  AND COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) = :year_start
ORDER BY w.word_no, p.paid_on NULLS LAST, p.file, p.sheet, p.row, p.amount_pence, p.reference
