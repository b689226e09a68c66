"""Questions between two installations of OpenMASH: who the others are, how requests are signed, sent and answered.

Off unless this installation has a name, a key and a list of the others.
"""
