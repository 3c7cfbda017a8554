-- Of which areas is there any reading of some measures, and what are they called?
SELECT area, MAX(area_name) AS area_name, MAX(level) AS level, COUNT(*) AS readings
FROM readings
WHERE measure IN (SELECT UNNEST(:measures))
GROUP BY area
ORDER BY area
