"""Registers as agencies keep them: CSV, Excel or Parquet in, described people out.

Owns: encodings, headings, dates and what is said of rows that cannot be used. Good rows are always kept.
Does not own: whether two people are the same.
"""
