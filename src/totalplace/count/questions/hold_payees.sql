-- Payees' names and the public bodies that they are recognised as, to be asked beside payments.
SELECT
  CAST(agency AS VARCHAR) AS agency, CAST(payee AS VARCHAR) AS payee,
  CAST(body AS VARCHAR) AS body, CAST(body_kind AS VARCHAR) AS body_kind
FROM looked_up
