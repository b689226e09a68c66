"""Invented children, their families and homes, and how differently they are described by those who know them."""
