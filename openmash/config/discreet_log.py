"""Keeps what people typed out of the log."""

import logging
import traceback
from types import TracebackType


class DiscreetFormatter(logging.Formatter):
    """Logs where a fault is and of what kind, never the exception's message.

    A database's message quotes the row it refused, which may be a child's name or what a neighbour saw.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        exception = ei[1]
        chain: list[str] = []
        while exception is not None:
            where = "".join(traceback.format_tb(exception.__traceback__))
            chain.append(
                f"{where}{type(exception).__module__}.{type(exception).__qualname__} (message withheld)"
            )
            exception = exception.__cause__ or (
                None if exception.__suppress_context__ else exception.__context__
            )
        return "\nwhich came after:\n".join(chain)
