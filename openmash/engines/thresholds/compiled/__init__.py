"""A policy as one circuit over columns of whole numbers, from which everything quick or exact is made.

Owns: the columns a policy looks at, the circuit of its rules, and what each answer of a gate rests on.
Does not own: meaning (the interpreter in `meaning` is the only one; this must agree with it on every case),
and what is then done with the circuit (`replay`, `proof`, `elsewhere`).
"""
