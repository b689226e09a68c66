"""An identity provider to sign in with: a second, real server in a process of its own, for tests only.

python -m tests.identity_provider REDIRECT_URI   starts it, with its data in the current folder
"""
