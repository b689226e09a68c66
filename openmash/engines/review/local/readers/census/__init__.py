"""The Department's children in need census as a source of the review: one XML file for each year.

Owns: the census's codes (`codes`), what stands in one child's record and what is wrong with it (`children`), reading
a file child by child (`parsing`), and several years' files as one history (`folding`). Whether a file is fit to be
sent to the Department is no question here. Source: the Department's specification of the census, 2021-22 to 2026-27.
"""

from openmash.engines.review.local.readers.census.folding import read_census

__all__ = ["read_census"]
