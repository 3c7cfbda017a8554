"""The pages of the record: who did what, whether it is whole, and the heads that are published."""
