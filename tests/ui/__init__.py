"""The look: tokens, macros, and what the small scripts do."""
