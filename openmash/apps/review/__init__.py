"""The threshold review. Owns no table and no case data: it reads, works out, and says what it found in plain words.

So far: one area beside the country on published tables (`national`). Nothing here asks for a database.
"""
