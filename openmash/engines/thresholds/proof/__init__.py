"""What can be shown of a policy, or of two versions of it, for every case at once and without exception.

Owns: the quick check of form, the exact proof (complete, reachable, deciding, never lower for more concern,
not known never lower than no), the smallest real case for whatever is found, and the comparison of versions.
Does not own: what a policy means (`meaning`: every case shown here is judged by it first), its wording, and
how many real cases a change would touch (`replay`).
"""
