-- What was read of some measures in every area, from every vintage that is asked of?
SELECT
  source, measure, area, area_name, period, value, numerator, denominator, low, high, unit, status,
  why_missing, note, row
FROM readings
WHERE measure IN (SELECT UNNEST(:measures))
ORDER BY area, measure, period, source, row
