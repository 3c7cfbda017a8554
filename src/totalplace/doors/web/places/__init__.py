"""Pages of places: officers and their mandates, given and ended; places and who belongs to them."""
