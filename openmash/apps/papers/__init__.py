"""What is written from the record, and what goes to whom: documents beside a case or a meeting, reports before a
meeting and minutes after it, letters, and e-mails that say only that something waits.

Owns: what belongs to what, papers and letters as they were kept, who was given which part and why, e-mails.
Does not own: a word of what they say. That was recorded once, in `casework`; the files lie in `documents`.
"""
