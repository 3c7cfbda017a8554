-- Words beside payments to public bodies, and what the count does with such a payment, to be asked
-- beside payments; where there is an amount, of payments of exactly that, which equals tell.
SELECT
  CAST(agency AS VARCHAR) AS agency, CAST(payee AS VARCHAR) AS payee,
  CAST(unit AS VARCHAR) AS unit, CAST(purpose AS VARCHAR) AS purpose,
  CAST(detail AS VARCHAR) AS detail,
  CASE WHEN has_amount THEN CAST(amount_pence AS BIGINT) END AS amount_pence,
  CAST(nature AS VARCHAR) AS nature,
  CAST(receiver AS VARCHAR) AS receiver, CAST(treatment AS VARCHAR) AS treatment
FROM looked_up
