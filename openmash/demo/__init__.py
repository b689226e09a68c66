"""A fictitious partnership to try OpenMASH with: eight localities, their staff, eighteen months of concerns.

Owns: the invented places, people, families and words, and the command that brings them to life by calling
the same actions as the pages, each at its own moment in the past. Nothing imports it.
Does not own: any table. Whether it has been loaded is written in the audit log.
"""
