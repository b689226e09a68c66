"""The very files of a version in one archive, the same bytes each time, so that anybody can check them."""

import io
import zipfile

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.text.files import FILES

DIGEST = "DIGEST.txt"
# The earliest moment the format knows: the same version makes the same archive on every day.
_MADE = (1980, 1, 1, 0, 0, 0)
_HOW = """{digest}

This is the SHA-256 of the files beside this one, in this order:
{names}
Each is taken as: its name, a zero byte, its length in bytes as a decimal number, a zero byte, its bytes.
"""


def zipped(policy: Policy) -> bytes:
    """A zip archive of the texts the policy was read from, and a file that says their digest.

    `parse` of the unpacked texts gives a policy of the same digest. Nothing is compressed, so that the bytes do
    not depend on the version of a library.
    """
    target = io.BytesIO()
    names = "\n".join(FILES)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in FILES:
            archive.writestr(_entry(name), policy.sources[name])
        archive.writestr(_entry(DIGEST), _HOW.format(digest=policy.digest, names=names))
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.create_system = 3  # as on Unix, whatever made it
    entry.external_attr = 0o644 << 16
    return entry
