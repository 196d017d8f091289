"""Highlights: great comments, celebrated with the reason why."""
