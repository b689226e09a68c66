"""Who may see or do what, and on what ground.

Owns: the grounds and the pure rules that choose one for a viewer and a contact, and what keeps people out of single
records whatever their role: restrictions, conflicts of interest, and their opening in an emergency.
Does not own: the records it speaks about: callers hand it plain facts.
"""
