"""Every write: handing a register over, running a linking, and what people say of pairs."""
