"""Pages of the models of devolution beside each other, and of the formula sandbox."""
