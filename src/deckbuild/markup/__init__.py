"""Markdown, parsed once to a stream of events that every target renders."""
