"""Every read of papers that the outside may make. What opens one is written down with its ground."""
