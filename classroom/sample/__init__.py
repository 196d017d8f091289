"""A made-up class, built only through the commands that the product itself uses."""
