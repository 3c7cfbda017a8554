-- The payees of the lines of a year that are found, the largest first, some at a time. A name
-- without regard to capitals is one payee; what the publisher left out is one, and no payee.
-- `payees` says how many are found in all.
WITH paid AS (
  SELECT
    w.payee_key,
    MIN(w.payee) AS payee,
    MAX(w.body) AS body,
    COUNT(DISTINCT w.agency) AS agencies,
    COUNT(*) AS row_count,
    CAST(SUM(l.amount_pence) AS BIGINT) AS amount_pence
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
  GROUP BY w.payee_key
)
SELECT
  payee_key,
  CASE WHEN payee_key = '' THEN '' ELSE payee END AS payee,
  body, agencies, row_count, amount_pence,
  COUNT(*) OVER () AS payees
FROM paid
ORDER BY
  CASE WHEN :sort = 'smallest' THEN amount_pence END ASC NULLS LAST,
  CASE WHEN :sort = 'payee' THEN LOWER(payee) END ASC NULLS LAST,
  amount_pence DESC, payee_key
LIMIT :some OFFSET :skip
