"""What a plan costs, protects and rests on: prices, frontier, pressure, chance, reasons."""
