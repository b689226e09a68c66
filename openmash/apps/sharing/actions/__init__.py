"""Every write of sharing. Each action says who, when, and on what ground, in one transaction."""
