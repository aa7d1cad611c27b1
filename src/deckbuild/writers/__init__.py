"""The writers: artifacts in, bytes out; and the one module that puts bytes into files."""
