"""What happens in the fictitious partnership, told step by step through the real actions.

A story is a generator: it yields the moment of its next step and takes that step when it is resumed. The
timeline resumes all stories in the order of time and stops at now: what is open today is open for a reason.
"""
