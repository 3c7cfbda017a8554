"""Pages of what a plan costs, protects and rests on."""
