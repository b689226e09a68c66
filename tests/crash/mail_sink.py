"""A mail server that keeps the Message-ID of every e-mail it takes, in a file, before it says that it took it."""

import os
import signal
import socketserver
from pathlib import Path


class _Takes(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        try:
            self._listen()
        except OSError:
            return  # whoever was sending was killed

    def _listen(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            words = line.strip().upper()
            if words == b"DATA":
                self._say("354 go on")
                self._take()
            elif words == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _take(self) -> None:
        said = b""
        while (line := self.rfile.readline()).strip() != b".":
            if not line:
                return  # the sender was killed before the end: nothing was taken
            if line.lower().startswith(b"message-id:"):
                said = line.partition(b":")[2].strip()
        kept = os.open(self.server.kept, os.O_WRONLY | os.O_APPEND)  # type: ignore[attr-defined]
        os.write(kept, said + b"\n")
        os.close(kept)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ForkingTCPServer):
    allow_reuse_address = True
    block_on_close = False


def start(kept: Path) -> tuple[int, int]:
    """Start one in a process of its own. Returns its port, and its number to stop it by."""
    kept.touch()
    server = _Server(("127.0.0.1", 0), _Takes)
    server.kept = str(kept)  # type: ignore[attr-defined]
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        server.serve_forever()
        os._exit(0)
    port: int = server.server_address[1]
    server.server_close()
    return port, child


def taken(kept: Path) -> list[str]:
    """The Message-ID of every e-mail that was taken, in order."""
    return kept.read_text().split()
