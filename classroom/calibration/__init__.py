"""Calibration: sample posts with the instructor's own comments, for students to hold theirs against."""
