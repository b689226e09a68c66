"""The pages of a family's story."""
