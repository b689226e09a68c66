"""Raising a concern and asking for advice: one journey with two kinds, up to the answer at once.

Owns: the pages somebody types on, their drafts as they type, and the page that says at once what the
published threshold makes of what was sent. Does not own: the record itself (`apps/concerns`), nor what comes
back from the front door later (`web/hearing_back`).
"""
