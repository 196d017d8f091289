"""`python -m classroom` is `classroom`."""

from classroom.cli import main

main()
