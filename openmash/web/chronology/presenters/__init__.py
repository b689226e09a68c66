"""What the pages of a family's story show, in words."""
