"""The parts of the pathway table: what a move is, and the moves themselves."""
