"""What is typed on the pages, and what it means."""
