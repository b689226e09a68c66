"""What is worked out: plain Python with no web framework, no database and no clock of its own.

No engine imports another. `now` and `as of` are always passed in.
"""
