"""Whether everybody understands the threshold alike: acknowledging the version in force, and calibration.

Owns: the pages on which people acknowledge, judge vignettes, and see how far they agree.
Does not own: the document itself (`web/thresholds`), what is recorded (`apps/policy`), or how agreement is
measured (`engines/statistics`).
"""
