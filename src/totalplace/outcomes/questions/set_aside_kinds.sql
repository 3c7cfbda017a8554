-- For which reasons are figures of a table no readings, how many for each, and where is the first?
SELECT why, COUNT(*) AS figures, MIN(row) AS first_row
FROM aside
GROUP BY why
ORDER BY figures DESC, why
