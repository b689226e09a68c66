"""The children and adults behind the concerns, as people described them.

Owns: descriptions of people, the links a person confirmed between them, and proposals of
which earlier descriptions may be the same child or household.
Does not own: anyone's part in a concern (that is `concerns`). It never merges by itself.
"""
