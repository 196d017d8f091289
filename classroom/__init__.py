"""Classroom: peer feedback for real classes."""
