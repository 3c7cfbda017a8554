"""Pages of appraisals: what an option costs, who pays and who gains."""
