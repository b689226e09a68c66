"""Which threshold policy is in force, and every version that ever was.

Owns: adopted versions, kept as the very texts that were agreed.
Does not own: what a policy means (that is `engines.thresholds`).
"""
