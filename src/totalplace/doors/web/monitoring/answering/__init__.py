"""Pages of joint responses to findings."""
