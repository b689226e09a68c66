"""The story of one child and of one household: chronology, household, genogram."""
