"""Files that officers give: workbooks of funding lines."""
