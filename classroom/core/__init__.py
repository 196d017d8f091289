"""What every part stands on: database, clock, events, errors, text, files; knows nothing of the others."""
