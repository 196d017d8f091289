"""Read-only figures: home and coverage."""
