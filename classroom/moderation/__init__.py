"""Holding, returning, removing and restoring, with an append-only log."""
