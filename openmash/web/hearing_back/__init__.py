"""Hearing back: what the person who raised a concern or asked for advice is told, and what they say to it.

Owns: the list of what somebody raised, the page of one of them, reading it with a reference and code, saying
"I have read this", disagreeing, and adding what is new.
Does not own: what they may know (`apps/concerns/queries/heard`), raising (`web/raising`), or answering
(`web/screening`).
"""
