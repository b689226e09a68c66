"""How long records are kept, what stops their removal, and how one is removed in the end.

Owns: legal holds, decisions to remove a record or keep it longer, and what is left of one that was removed.
Does not own: the records, or how long each kind is kept (dated text in `keeping/`, read by `engines.keeping`).
Nothing goes by itself: a record whose time is over is proposed, and two people decide.
"""
