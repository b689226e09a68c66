"""Readers: files into a local history. What cannot be read is said by place, and the rest is still read."""
