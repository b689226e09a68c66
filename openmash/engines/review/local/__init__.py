"""A local history: who was raised, what was decided, and what came after, whatever system it was kept in.

Owns: the shape of a history (`history`), reading one from files (`readers`), the tables counted from it (`tables`).
Does not own: statistics and what of it may be shown (`statistics`), or the hub's own records, which `apps/review`
brings into this shape. Needs DuckDB and pyarrow.
"""
