"""The field's knowledge of indicators, readings and targets: no web, no database, no files."""
