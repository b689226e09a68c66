"""Every write of private asking: preparing answers, shielding, and asking."""
