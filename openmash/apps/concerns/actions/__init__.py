"""Every write of the front door. Each action says who, when, and on what ground, in one transaction."""
