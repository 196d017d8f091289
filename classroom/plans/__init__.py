"""The revision plan: what a post's author makes of each comment, and what its commenters learn of it."""
