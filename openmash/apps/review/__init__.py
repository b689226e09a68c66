"""The threshold review. Owns no table: it reads, works out, and says what it found in plain words.

One area beside the country on published tables (`national`), whether a team can cope (`coping`), and what came after
decided concerns that another bar would have moved (`aftermath`, the one part that asks the database, and `what_if`).
"""
