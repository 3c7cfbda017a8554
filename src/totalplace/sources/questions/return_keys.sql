-- Which files hold a return: what a body says of a year in a form?
SELECT DISTINCT file
FROM returns
WHERE form = :form AND agency = :agency AND area = :area AND year_start = :year
ORDER BY file
