"""The barrier board: notes without names that all appear at one instant, and what is done about them."""
