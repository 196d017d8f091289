"""The line between helping and cheating: versions, clauses, examples, acknowledgements."""
