"""Facts, conditions and sums as data; one person, a population, variants, notice. Pure."""
