"""Pages about how long records are kept: what is proposed for removal, holds, and what two people decide."""
