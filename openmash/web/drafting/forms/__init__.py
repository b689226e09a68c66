"""The questions of this part."""
