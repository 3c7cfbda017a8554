"""What the published method of appraisal fixes, as dated files with their sources."""
