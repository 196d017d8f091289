"""What a page costs, in statements and in time, and whether that grows with the class."""
