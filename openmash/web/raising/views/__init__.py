"""The pages, in the order in which somebody meets them."""
