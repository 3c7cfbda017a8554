-- Of which financial years is anything returned?
SELECT DISTINCT year_start FROM returns WHERE amount_pence IS NOT NULL ORDER BY year_start
