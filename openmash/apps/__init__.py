"""What is recorded: Django apps in layers, each with its own tables, and each using only those below it.

From the top: concerns; families and policy; access; directory; audit. The import linter keeps the order.
"""
