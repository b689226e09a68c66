"""Answers requests for the published threshold: pages to read (`reading`) and files to keep (`downloads`)."""
