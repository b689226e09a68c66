"""The second wall: PostgreSQL itself hides what the gate would not open, so that a forgotten filter leaks nothing.

`tables` says of every table whether it stands behind the wall, and why not; `policies` puts the wall up in the
database; `standing` compares what is there with the code; `passing` says who reads, and who reads past it and why.
"""
