"""`python -m deckbuild`."""

from deckbuild.cli import main

main()
