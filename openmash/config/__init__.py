"""The wiring: settings, environment, URLs, the web server's entry point, and the local PostgreSQL.

Owns: how the parts are put together. Does not own: anything a practitioner would recognise.
"""
