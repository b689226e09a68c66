"""The pages: reading, asking, answering, and the log."""
