-- Every line of a year, each with the number of the words that stand beside it and, of a payment to
-- a public body, what the count does with it: what is told of its exact sum comes before what its
-- words tell. Lines of one payee stand together, so that a question about it reads no others.
SELECT
  w.word_no, p.file, p.sheet, p.row, p.kind, p.amount_pence, p.net_pence, p.vat_pence,
  p.gross_pence, p.vat_basis, p.paid_on, p.precision, p.month, p.payee_number, p.reference, p.copy,
  CASE WHEN p.kind = 'payment' THEN COALESCE(i.nature, n.nature, '') ELSE '' END AS nature,
  CASE WHEN p.kind = 'payment' THEN COALESCE(i.receiver, n.receiver, '') ELSE '' END AS receiver,
  CASE WHEN p.kind = 'payment' THEN COALESCE(i.treatment, n.treatment, '') ELSE '' END
    AS treatment
FROM payments AS p
JOIN words AS w
  ON p.agency = w.agency AND p.payee = w.payee AND p.unit = w.unit AND p.purpose = w.purpose
 AND p.detail = w.detail AND p.redacted = w.redacted
LEFT JOIN treated AS n
  ON n.amount_pence IS NULL AND p.agency = n.agency AND p.unit = n.unit
 AND p.purpose = n.purpose AND p.detail = n.detail AND p.payee = n.payee
LEFT JOIN treated AS i
  ON i.amount_pence = p.amount_pence AND p.agency = i.agency AND p.unit = i.unit
 AND p.purpose = i.purpose AND p.detail = i.detail AND p.payee = i.payee
LEFT JOIN tables AS t ON p.file = t.file AND p.sheet = t.sheet
WHERE LIST_CONTAINS(:files, p.file)
  AND COALESCE(
    t.year_start,
    EXTRACT(YEAR FROM p.month) - CASE WHEN EXTRACT(MONTH FROM p.month) < 4 THEN 1 ELSE 0 END
  ) = :year_start
ORDER BY w.word_no, p.paid_on NULLS LAST, p.file, p.sheet, p.row, p.amount_pence, p.reference
