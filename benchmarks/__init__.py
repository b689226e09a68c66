"""One runnable file for each headline figure, and what they need. All data are invented."""
