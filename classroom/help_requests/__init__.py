"""Asking for help on one's own work or of the class, and answering without giving the answer away."""
