"""Courses, sections, memberships, and how people join."""
