"""What a payment was for, told from the words that were published beside it. Pure."""
