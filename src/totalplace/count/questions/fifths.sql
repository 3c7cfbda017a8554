-- Which payees' sums changed by exactly a fifth, once and for all: from a sum to that sum with
-- VAT at 20% in it ('more'), or back ('less'). `last_before` and `first_after` are the months
-- between which the change came; or, of a sum that stayed ('same'), the first and last month with
-- it. A payee is there once for each such pair of months.
WITH paid AS (
  SELECT agency, payee, amount_pence, MIN(month) AS first_month, MAX(month) AS last_month
  FROM payments
  WHERE LIST_CONTAINS(:agencies, agency)
    AND kind = 'payment' AND amount_pence > 0 AND NOT redacted AND payee <> ''
    AND month IS NOT NULL
  GROUP BY agency, payee, amount_pence
),
pairs AS (
  SELECT
    without.agency, without.payee,
    CASE WHEN without.last_month < within.first_month THEN 'more' ELSE 'less' END AS turn,
    CASE WHEN without.last_month < within.first_month
         THEN without.last_month ELSE within.last_month END AS last_before,
    CASE WHEN without.last_month < within.first_month
         THEN within.first_month ELSE without.first_month END AS first_after
  FROM paid AS without
  JOIN paid AS within
    ON without.agency = within.agency AND without.payee = within.payee
   AND within.amount_pence = (without.amount_pence * 12 + 5) // 10
  WHERE without.last_month < within.first_month OR within.last_month < without.first_month
)
SELECT agency, payee, turn, last_before, first_after
FROM pairs
GROUP BY agency, payee, turn, last_before, first_after
UNION ALL
SELECT agency, payee, 'same' AS turn, first_month AS last_before, last_month AS first_after
FROM paid
WHERE first_month < last_month
GROUP BY agency, payee, first_month, last_month
ORDER BY agency, payee, turn, last_before, first_after
