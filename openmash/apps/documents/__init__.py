"""Files that people hand over, kept as they are: what they are by their content, where they lie, and whether a
virus scanner has looked at them.

Owns: files and what the scanner said of each. Does not own: what a file belongs to, nor who may read it: an app
above keeps a row that says so, and asks `access` before it opens one. That is why it stands below them all.
"""
