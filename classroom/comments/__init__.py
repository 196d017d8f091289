"""Comments: pairing, anchors, the coach, the standard applied, replies and thanks."""
