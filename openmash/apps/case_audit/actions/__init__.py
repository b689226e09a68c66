"""Every write of a blind audit."""
