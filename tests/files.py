"""Small files of every kind that is taken, and some that are not what they say."""

import io
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 64
TEXT = "She said: “not tonight”.\r\n".encode()


def packed(*names: str, content: bytes = b"<x/>") -> bytes:
    """A zip file with these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return held.getvalue()


WORD = packed("[Content_Types].xml", "word/document.xml")
EXCEL = packed("[Content_Types].xml", "xl/workbook.xml")
ODT = packed("mimetype", "content.xml")
MACROS = packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


def bomb() -> bytes:
    """A Word document of half a megabyte that unpacks to half a gigabyte."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", b"<x/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(500):
                part.write(b"\x00" * 1_000_000)
    return held.getvalue()


def damaged() -> bytes:
    """A Word document of which a byte was changed."""
    broken = bytearray(packed("[Content_Types].xml", "word/document.xml", content=zlib.compress(b"x" * 900)))
    broken[49 + 4] ^= 0xFF  # the first part begins at 49, after its header and name
    return bytes(broken)
