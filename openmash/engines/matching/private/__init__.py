"""Finding out whether another agency knows a child, without either agency handing over its list.

Works out: tokens of a described person, the oblivious pseudo-random function of RFC 9497 that nobody can
work out without the holder's key, the messages between asker, holder and keeper, and hit or no hit.
Does not decide who may ask, how often, or what is written down: that is `apps/private_asking`.
`docs/asking-privately.md` says what each side learns.
"""
