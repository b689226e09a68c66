"""Invented children, families and homes, and how differently those who know them describe them."""
