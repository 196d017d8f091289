"""How comments helped: when their writers are told, and what two people say only of one another."""
