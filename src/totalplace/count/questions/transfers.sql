-- What did each agency pay in a financial year to each public body? Whether a payment is counted
-- again at the body that was paid is a rule of the flow ledger.
SELECT
  agency, body, body_kind,
  CAST(SUM(row_count) AS BIGINT) AS row_count,
  CAST(SUM(amount_pence) AS BIGINT) AS amount_pence,
  CAST(SUM(negative_pence) AS BIGINT) AS negative_pence
FROM cube
WHERE kind = 'payment' AND body <> '' AND year_start = :year_start
GROUP BY agency, body, body_kind
ORDER BY agency, body, body_kind
