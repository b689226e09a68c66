"""Who looked: the looks of the last weeks that are worth a question, and everybody who opened one record.

Owns the pages. What is asked of the log, and by whom, is in `apps/oversight`.
"""
