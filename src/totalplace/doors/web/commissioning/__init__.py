"""Pages of options, appraisals and plans."""
