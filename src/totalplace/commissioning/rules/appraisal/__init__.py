"""Cost-benefit appraisal by the published method, with who pays and who gains."""
