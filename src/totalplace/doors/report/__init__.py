"""The count on paper: one HTML page, a workbook and a table, each showing the same count."""
