"""The work with a child, as those who do it see it: worklist, case, meetings, plan, closure.

Owns: the pages under /work/. Does not own: what may be done, which `apps.casework.pathway` says.
"""
