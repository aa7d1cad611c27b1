"""CSV and TSV, and Anki's own text exports, read to the tree."""
