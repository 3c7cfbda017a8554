-- Rows as they are held: the words of their table beside each, missing money and days as NULL.
SELECT
  t.agency, t.file, t.sheet, b.row, k.word AS kind,
  b.amount AS amount_pence, b.net AS net_pence, b.vat AS vat_pence, b.gross AS gross_pence,
  t.vat_basis,
  DATE '1970-01-01' + b.day AS paid_on, p.word AS precision,
  CASE WHEN b.precision IN (1, 2) OR (b.precision = 5 AND t.one_month)
       THEN CAST(date_trunc('month', DATE '1970-01-01' + b.day) AS DATE) END AS month,
  b.payee, b.payee_number, b.redacted <> 0 AS redacted,
  b.unit, b.purpose, b.detail, b.reference,
  b.copy <> 0 AS copy
FROM blocks AS b
JOIN tables AS t ON b.table_no = t.table_no
JOIN kinds AS k ON b.kind = k.number
JOIN precisions AS p ON b.precision = p.number
