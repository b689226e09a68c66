"""The threshold review as pages: an area beside the country, on published tables; and “Can we cope”.

Owns: the charts, the pages and the files to keep. An area beside the country is open to everybody: the tables are
public, nothing of this partnership's own is in them, and a parent, a school governor or a neighbouring area may ask the
same questions. “Can we cope” is for whoever has signed in: each answer takes seconds of a processor.
"""
