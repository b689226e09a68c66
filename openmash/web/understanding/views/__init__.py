"""The pages, by what somebody comes to do."""
