"""The command line: serve, demo, db, people, backup."""

from classroom.cli.main import main

__all__ = ["main"]
