"""Every write of this app: attaching, keeping and giving papers, letters, e-mails. Each with its event."""
