"""The threshold review: one area beside the country, on the tables the Department for Education publishes.

Owns: a compact copy of those tables, what their markers mean, which areas there are and were, and the figures.
Does not own: what is usual for an area of a size (`statistics`), pages, or anybody's own records. No figure here is
about a child, and none is put in an order of merit.
"""
