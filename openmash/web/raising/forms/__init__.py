"""The questions of each page. A form reads typed values and says, beside the field, what cannot be right."""
