"""Blind audit of concerns: a random sample, judged anew by people of several agencies who do not see what was decided.

Owns: the sample, who is asked, what each judged, the opening of the outcome, and what was said of the differences.
Does not own: the concerns. Says nothing of any worker: there is no way to draw, count or sort by who decided.
"""
