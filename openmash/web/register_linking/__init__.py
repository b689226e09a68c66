"""Registers in the browser: handing one over, following a linking run, and clerical review."""
