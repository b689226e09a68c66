class NoPolicyInForce(Exception):
    """Nobody has adopted a threshold policy for this moment."""
