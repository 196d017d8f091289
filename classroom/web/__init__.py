"""Presentation plumbing: forms, unit of work, errors, sign-in glue, headers, templating; knows no domain."""
