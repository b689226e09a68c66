"""The page's figures as what a template draws."""
