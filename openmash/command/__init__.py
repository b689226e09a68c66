"""The command line: `openmash thresholds check FOLDER` and its like, for whoever looks after a policy's files.

Owns: arguments, files in and text out. Does not own: anything that is worked out, or the database.
"""
