"""Students' work: drafts, revisions and files."""
