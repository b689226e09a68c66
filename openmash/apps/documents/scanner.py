"""A client of ClamAV's daemon: one command over its socket (clamd(8), INSTREAM), and nothing else of it.

Of our own because it is a page long, and the libraries for it have had no release for ten years.
"""

import socket
import struct
from dataclasses import dataclass

from openmash.apps.documents.errors import ScannerUnavailable

_PIECE = 1 << 16
_SECONDS = 60


@dataclass(frozen=True)
class Said:
    """What the scanner said of a file: `found` names what is in it, empty if nothing; `failed` why it cannot say."""

    found: str = ""
    failed: str = ""


def looked_at(data: bytes, address: str) -> Said:
    """What the scanner at this address ("unix:/run/clamav/clamd.ctl" or "host:3310") says of these bytes.

    Raises:
        ScannerUnavailable: nobody answers there, or not in the way ClamAV does.
    """
    if _ask(address, b"zPING\0") != "PONG":
        raise ScannerUnavailable("The virus scanner does not answer as ClamAV does.")
    try:
        answer = _ask(address, b"zINSTREAM\0", data)
    except ScannerUnavailable as gone:
        # It answered a moment ago: it is this file that it cannot bear. Others must not wait behind it.
        return Said(failed=str(gone))
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return Said()
    if words.endswith(" FOUND"):
        return Said(found=words.removesuffix(" FOUND"))
    return Said(failed=words.removesuffix(" ERROR") or "No answer.")


def version(address: str) -> str:
    """The scanner's own words for which version of itself and of its signatures is at work."""
    return _ask(address, b"zVERSION\0")


def _ask(address: str, command: bytes, data: bytes | None = None) -> str:
    try:
        with _connected(address) as link:
            link.sendall(command)
            if data is not None:
                _send(link, data)
            return _answer(link)
    except (OSError, ValueError) as wrong:  # a port that is no number, too
        raise ScannerUnavailable(f"The virus scanner cannot be reached: {wrong}.") from wrong


def _send(link: socket.socket, data: bytes) -> None:
    try:
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            link.sendall(struct.pack("!L", len(piece)) + piece)
        link.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        # It stops listening when a file is longer than it is set up to take, and says so.
        return


def _answer(link: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (piece := link.recv(4096)):
        said += piece
    return said.rstrip(b"\0\n").decode("utf-8", errors="replace").strip()


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(_SECONDS)
        try:
            link.connect(address.removeprefix("unix:"))
        except OSError:
            link.close()
            raise
        return link
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)
