"""A policy carried to other systems: as SQL for a warehouse, an Arrow function for Spark, and DMN for tools.

Owns: the wide table those read (one column for each thing the rules look at) and the translations.
Does not own: meaning. Every translation is tested against the interpreter, and says what is lost in it.
Import the module that is wanted: `sql` needs sqlglot, `arrow` pyarrow and numpy, and `dmn` nothing.
"""
