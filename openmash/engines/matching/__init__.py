"""Whether two descriptions are of the same person, how sure, and why, field by field.

Works out: keys to find candidates by, levels of agreement, and evidence for three hypotheses:
the same person, a sibling or twin, somebody unrelated.
Does not decide: a person confirms or refuses. It stores nothing and knows no database.
"""
