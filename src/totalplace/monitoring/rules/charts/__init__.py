"""Charts that users know: the rules of Making Data Count, and funnels."""
