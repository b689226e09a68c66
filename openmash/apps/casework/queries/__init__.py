"""Every read of the work with a child that the outside may make. What opens a case or a meeting is written down."""
