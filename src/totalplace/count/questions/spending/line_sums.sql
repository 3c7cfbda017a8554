-- What the lines of a year come to, by all that an edition's cube tells apart but months, to compare
-- the two.
SELECT
  w.agency, l.kind, w.body, w.service, w.economic,
  COUNT(*) AS row_count,
  CAST(SUM(l.amount_pence) AS BIGINT) AS amount_pence
FROM lines AS l
JOIN words AS w ON l.word_no = w.word_no
GROUP BY w.agency, l.kind, w.body, w.service, w.economic
ORDER BY w.agency, l.kind, w.body, w.service, w.economic
