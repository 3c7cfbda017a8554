-- Words beside payments and the service that they tell, to be asked beside payments.
SELECT
  CAST(agency AS VARCHAR) AS agency, CAST(unit AS VARCHAR) AS unit,
  CAST(purpose AS VARCHAR) AS purpose, CAST(detail AS VARCHAR) AS detail,
  CAST(payee AS VARCHAR) AS payee, CAST(service AS VARCHAR) AS service,
  CAST(economic AS VARCHAR) AS economic, CAST(confidence AS INTEGER) AS confidence
FROM looked_up
