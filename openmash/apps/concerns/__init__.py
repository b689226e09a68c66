"""The front door: concerns raised, advice asked for, screening, decision, and the answer.

Owns: contacts of both kinds from draft to answer, the signs and facts recorded on them,
decisions, disagreements and the follow-up a decision brings.
Does not own: the people described (`families`), the thresholds (`policy`), or what happens
after a concern is accepted.
"""
