"""Each view opens the contact, which is written down, and hands what is sent to an action."""
