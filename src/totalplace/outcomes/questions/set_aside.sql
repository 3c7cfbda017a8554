-- Which figures of a table are no readings, where each stands, and why?
SELECT row, heading, measure, area_name, period, found, why
FROM aside
ORDER BY row, heading, measure, period
LIMIT :most
