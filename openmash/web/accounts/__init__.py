"""The front page, and signing in: made-up people in the demonstration, real accounts, single sign-on.

Owns: finding out who somebody is.
Does not own: what they may do (that is `apps/access`) or who exists (`apps/directory`).
"""
