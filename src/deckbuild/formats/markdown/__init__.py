"""The Markdown format: reading a bank to the tree, and writing one."""
