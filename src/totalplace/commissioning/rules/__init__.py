"""The rules of commissioning: pure, with no clock, file or database."""
