-- Whose returns are held, in which forms, of which years, and with how many lines and blanks?
SELECT
  agency, area, form,
  MAX(body_gss) AS body_gss,
  ARG_MAX(body_name, year_start) AS body_name,
  MIN(year_start) AS first_year,
  MAX(year_start) AS last_year,
  COUNT(amount_pence) AS lines,
  COUNT(*) - COUNT(amount_pence) AS missing
FROM returns
GROUP BY agency, area, form
ORDER BY agency, area, form
