"""Who works with children here: localities, agencies, people and the roles they hold.

Owns: sign-in accounts, agencies and dated roles.
Does not own: what a role may see or do (that is `access`).
"""
