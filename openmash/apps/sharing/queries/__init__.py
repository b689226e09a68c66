"""Every read of requests and of the log that the outside may make. What opens one is written down."""
