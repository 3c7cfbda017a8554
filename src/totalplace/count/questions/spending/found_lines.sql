-- The lines of a year that are found, in the order that is asked for, some at a time.
SELECT
  w.agency, l.file, l.sheet, l.row, l.kind, l.amount_pence, l.net_pence, l.vat_pence,
  l.gross_pence, l.vat_basis, l.paid_on, l.precision, l.month, w.payee, w.payee_key,
  l.payee_number, w.redacted, w.unit, w.purpose, w.detail, l.reference, l.copy, w.body,
  w.body_kind, w.service, w.economic, w.confidence, l.nature, l.receiver, l.treatment
FROM lines AS l
JOIN words AS w ON l.word_no = w.word_no
WHERE l.kind = :kind
  AND CONTAINS(w.text, :first_word) AND CONTAINS(w.text, :second_word)
  AND CONTAINS(w.text, :third_word) AND CONTAINS(w.text, :fourth_word)
  AND (:every_agency OR w.agency = :agency)
  AND (:every_service OR w.service = :service)
  AND (:every_body OR w.body = :body)
  AND (:every_payee OR w.payee_key = :payee_key)
  AND (:every_month OR l.month BETWEEN :first AND :last)
  AND l.amount_pence BETWEEN :least AND :most
  AND (NOT :transfers_only OR l.treatment = 'eliminated')
  AND (NOT :no_transfers OR l.treatment <> 'eliminated')
  AND (NOT :redacted_only OR w.redacted)
  AND (NOT :negative_only OR l.amount_pence < 0)
  AND (NOT :copies_only OR l.copy)
ORDER BY
  CASE WHEN :sort = 'largest' THEN l.amount_pence END DESC NULLS LAST,
  CASE WHEN :sort = 'smallest' THEN l.amount_pence END ASC NULLS LAST,
  CASE WHEN :sort = 'latest' THEN COALESCE(l.paid_on, l.month) END DESC NULLS LAST,
  CASE WHEN :sort = 'earliest' THEN COALESCE(l.paid_on, l.month) END ASC NULLS LAST,
  l.word_no, l.file, l.sheet, l.row, l.amount_pence, l.reference
LIMIT :some OFFSET :skip
