"""The whole-place count on paper: one page, a workbook, a table, JSON and Parquet.

Every form shows the same lines; their sum is the total at the head of the page, to the penny.
"""

from totalplace.doors.report.whole.asked import EditionShown, Similar, Themes, Titles
from totalplace.doors.report.whole.page import whole_page
from totalplace.doors.report.whole.workbook import whole_workbook
from totalplace.doors.report.whole.writing import whole_json, whole_parquet, whole_table

__all__ = [
    "EditionShown",
    "Similar",
    "Themes",
    "Titles",
    "whole_json",
    "whole_page",
    "whole_parquet",
    "whole_table",
    "whole_workbook",
]
