"""What became of one's own comments, for oneself; and the ones that one takes along."""
