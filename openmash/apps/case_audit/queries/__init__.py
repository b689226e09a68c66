"""Every read of a blind audit: what an auditor is shown, and what is shown once the outcome is open."""
