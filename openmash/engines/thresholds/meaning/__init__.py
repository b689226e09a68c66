"""What a policy means for one case: the plain interpreter, and its reasons in words.

It is slow and obvious on purpose. Whatever else works a policy out must agree with it on every case.
"""
