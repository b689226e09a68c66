"""Who may see or do what, and on what ground.

Owns: the grounds and the pure rules that choose one for a viewer and a contact.
Does not own: any table yet, nor the records it speaks about: callers hand it plain facts.
"""
