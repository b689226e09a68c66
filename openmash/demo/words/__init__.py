"""Words for the fictitious partnership: tables of phrases, and how they are put together.

A phrase may hold [this|that], of which one is taken, and {names} that stand for the people it is about.
"""
