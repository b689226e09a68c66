"""Turn what was found into what the pages show. Pure."""
