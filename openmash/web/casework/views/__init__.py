"""Each view opens the case or the meeting, which is written down, and hands what is sent to an action."""
