"""Asking another agency whether it knows a child, without telling it who, and without its list."""
