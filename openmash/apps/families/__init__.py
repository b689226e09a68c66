"""The children and adults behind the concerns, as people described them, and who people say they are.

Owns: descriptions, what was said besides and later (names, births, addresses, places, numbers, relationships),
the links a person confirmed or refused on stated evidence, and the index by which people are found again.
Does not own: anyone's part in a concern (that is `concerns`), nor how alike two people are (`engines/matching`).
It never merges by itself.
"""
