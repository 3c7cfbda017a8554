-- What is found of the lines of a year, by agency, service and month: how many, and what they are.
SELECT
  w.agency, w.service, l.month,
  COUNT(*) AS row_count,
  CAST(SUM(l.amount_pence) AS BIGINT) AS amount_pence,
  CAST(SUM(CASE WHEN l.amount_pence < 0 THEN l.amount_pence ELSE 0 END) AS BIGINT)
    AS negative_pence,
  CAST(SUM(CASE WHEN w.redacted THEN 1 ELSE 0 END) AS BIGINT) AS redacted_rows,
  CAST(SUM(CASE WHEN l.treatment = 'eliminated' THEN l.amount_pence ELSE 0 END) AS BIGINT)
    AS transfer_pence
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
GROUP BY w.agency, w.service, l.month
ORDER BY w.agency, w.service, l.month NULLS LAST
