"""The threshold review as pages: an area beside the country, on published tables.

Owns: the charts, the page and the files to keep. Open to everybody: the tables are public, nothing of this
partnership's own is in them, and a parent, a school governor or a neighbouring area may ask the same questions.
"""
