"""Reads of private asking: who may be asked, and the log that each side's leads can see."""
