"""Projects: what the instructor sets up."""
