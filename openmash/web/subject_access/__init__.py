"""Pages about requests for somebody’s own record: taking one in, reviewing it piece by piece, and the answer."""
