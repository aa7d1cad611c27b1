"""What learners have: reading, matching, planning and merging `deckbuild.lock`. Pure."""
