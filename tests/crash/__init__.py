"""The worker and the web process are killed at random points, and what is left is looked at.

`./dev exec python -m tests.crash --runs 500` runs many; `test_crash` runs a few in the suite. Both start a
PostgreSQL of their own, so that a killed process is a real one, with real transactions left open behind it.
"""
