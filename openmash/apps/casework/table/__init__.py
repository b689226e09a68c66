"""The pathway table's parts: what a move is, and the moves that cut across the stages."""
