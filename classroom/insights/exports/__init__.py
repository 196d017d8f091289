"""Everything taken out: a course for its instructors, one person's data for that person."""
