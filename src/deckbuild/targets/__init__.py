"""The targets: a deck and its settings in, artifacts out. Pure, and blind to one another."""
