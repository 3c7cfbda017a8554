"""What is promised, the tests that show it, and what came of them when they were last run."""
