"""Oversight of looking: who opened what, and which looks a supervisor would want to ask about.

Owns: the questions put to the log, and who may put them.
Does not own: the log itself (`audit`), or the records that were looked at. It has no table, and so is no installed app.
"""
