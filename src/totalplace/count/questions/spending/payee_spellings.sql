-- Under which names is a payee published, by whom, how often and with what sums?
SELECT
  w.agency, w.payee, w.body, w.body_kind,
  COUNT(*) AS row_count,
  CAST(SUM(l.amount_pence) AS BIGINT) AS amount_pence
FROM lines AS l
JOIN words AS w ON l.word_no = w.word_no
WHERE w.payee_key = :payee_key AND l.kind = :kind
GROUP BY w.agency, w.payee, w.body, w.body_kind
ORDER BY amount_pence DESC, w.agency, w.payee
