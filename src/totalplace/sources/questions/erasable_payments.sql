-- The words of the rows of a file in which a name may stand: those that have its longest word, and
-- those with letters that are not plain, which may be written in several ways.
SELECT sheet, row, kind, amount_pence, payee, payee_number, unit, purpose, detail, reference
FROM payments
WHERE file = :file AND (
  LOWER(payee || unit || purpose || detail || reference) LIKE '%' || :word || '%'
  OR REGEXP_MATCHES(payee || unit || purpose || detail || reference, '[^ -~]')
)
ORDER BY sheet, row, payee, amount_pence
