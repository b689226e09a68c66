"""The published threshold, for everybody to read: levels, signs, how they add up, and what you will hear.

Owns: the pages that show a policy in words.
Does not own: what a policy means (`engines/thresholds`), or which version is in force (`apps/policy`).
"""
