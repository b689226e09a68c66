"""Each view opens the contact (which is written down), shows its page, and hands what was sent to an action."""
