"""Papers: documents beside a case or a meeting, reports and minutes, what went to whom, and letters."""
