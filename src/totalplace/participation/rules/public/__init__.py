"""What the public is asked and says: questions, answers, codes, counting, themes. Pure."""
