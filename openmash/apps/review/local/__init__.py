"""The threshold review on local data: from a history to tables that may be shown, in plain words.

Owns: putting the counts, the statistics and what may be shown together (`review`), and the hub's own records as a
history (`records`). Everything that leaves here has been through `engines/statistics/disclosure`.
"""
