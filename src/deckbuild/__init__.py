"""deckbuild: compile plain-text question banks into Anki decks, PDFs and HTML handouts."""

__version__ = "0.1.0"
