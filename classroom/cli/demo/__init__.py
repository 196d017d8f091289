"""The demo: a believable class, built only through the commands that the product itself uses."""
