"""The record of who saw or did what, when, on what ground, and what was refused.

Owns: the append-only event log and the database guards other tables borrow from it.
Does not own: any case data. It knows identifiers, never models, so that nothing it
writes depends on what the other apps become.
"""
