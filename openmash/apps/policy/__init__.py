"""Which threshold policy is in force, every version that ever was, and whether people understand it alike.

Owns: adopted versions, kept as the very texts that were agreed; who has acknowledged which; rounds of
calibration, in which practitioners answer vignettes blind.
Does not own: what a policy means (that is `engines.thresholds`), or how agreement is measured
(`engines.statistics`).
"""
