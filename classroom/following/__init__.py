"""What each person follows and mutes, for their own eyes alone: nothing is announced, counted or logged."""
