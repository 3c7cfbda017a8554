"""Models of devolution, funding lines and clauses, as dated definitions that officers own."""
