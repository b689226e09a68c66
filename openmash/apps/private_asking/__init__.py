"""Two agencies finding out whether they share a child without either handing over its list.

Owns: the agencies that may be asked, every question with its case reference, its limits, and hit or no hit.
Does not own: the keys or the cryptography (`engines/matching`).
"""
