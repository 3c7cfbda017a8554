-- Sheets that are published for one financial year, to be asked beside payments.
SELECT
  CAST(file AS VARCHAR) AS file, CAST(sheet AS VARCHAR) AS sheet,
  CAST(year_start AS INTEGER) AS year_start
FROM looked_up
