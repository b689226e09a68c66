"""Every read of the front door. A read of a contact writes who looked and on what ground."""
