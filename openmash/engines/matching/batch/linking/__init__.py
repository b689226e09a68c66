"""Linking two registers: Splink proposes pairs that share a key, the model of the live lookup judges them.

Owns: what is handed to Splink on DuckDB or Spark, the judging of what it proposes in several processes, which
of the claims on one person is the closest, and the errors to expect.
Does not own: reading files, or what becomes of a link: a person decides.
"""
