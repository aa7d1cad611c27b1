"""The source formats. Each reads a text to the same tree of nodes, which `lower` turns into the model."""
