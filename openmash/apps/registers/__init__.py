"""Registers that agencies hand over to be linked: a school roll, a GP list, police notifications.

Owns: registers as received, their rows and the rows that could not be read, linking runs, and what a person
said of each pair in clerical review.
Does not own: how alike two people are (`engines/matching`), or the links themselves (`families`).
"""
