"""The pathway after a concern is accepted: stages, clocks, meetings, plans, reviews, closure.

Owns: cases (one child each), what stage each is at, who leads, what is due, who met and what was decided.
Does not own: the people described (`families`), the concern it began with (`concerns`), or what an area calls its
stages and how long its clocks run: that is dated text in `practice/`, read by `engines.pathway`.
"""
