"""What officers do about a count: freeze it, dispute it, settle, sign off, overrule lines."""
