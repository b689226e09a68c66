"""What the pages show, in the words of those who read them."""
