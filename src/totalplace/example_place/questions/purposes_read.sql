-- Which service was each payment told to be for, where it stands in its file?
SELECT p.agency, p.file, p.sheet, p.row, COALESCE(w.service, 'unclassified') AS service
FROM payments AS p
LEFT JOIN purposes AS w
  ON p.agency = w.agency AND p.unit = w.unit AND p.purpose = w.purpose
 AND p.detail = w.detail AND p.payee = w.payee
WHERE LIST_CONTAINS(:agencies, p.agency) AND p.kind = 'payment'
ORDER BY p.agency, p.file, p.sheet, p.row
