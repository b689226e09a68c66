"""Linking whole registers at once, with Splink on DuckDB or Spark. Needs the extra `batch`."""
