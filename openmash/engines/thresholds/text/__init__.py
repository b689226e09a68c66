"""How a policy is written and read: a header, tables, and a closed English for conditions.

Owns: files, cells, sentences, and what to say when they are wrong.
Does not own: what a policy means.
"""
