"""Pages of outcomes: indicators, trends, comparisons, targets."""
