"""A policy in words for everybody: what its levels, groups and files are called, its conditions as sentences, and
what changed between two versions.

Owns words that several pages share, so that each thing has one name. Does not own what a policy means
(`meaning`), the sentences in which it is written (`text/sentences`), or any page.
"""
