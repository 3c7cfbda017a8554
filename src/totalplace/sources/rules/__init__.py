"""The rules by which a published file is read: pure, each with its reason."""
