"""The forms of the work with a child, made from the moves of the pathway."""
