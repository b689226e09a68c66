"""Proof of access: every role before every endpoint of the web, with real records made by the real actions.

`python -m tests.access matrix --json` does it in a throwaway database; `./dev openmash access matrix` is the same.
"""
