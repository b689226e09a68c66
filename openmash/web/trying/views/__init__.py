"""The pages, one module for each thing that can be tried."""
