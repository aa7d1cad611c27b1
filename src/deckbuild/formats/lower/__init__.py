"""The tree of any format turned into the model: what keys mean, and what is wrong."""
