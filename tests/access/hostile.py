"""What somebody might send who means harm, or whose machine is broken: two hundred texts, and a few files."""

from tests import files
from tests.files import packed

INJECTED = [
    "'", '"', "';--", "' OR '1'='1", "1; DROP TABLE concerns_contact; --", "') OR 1=1 --", "\\'; SELECT pg_sleep(9)--",
    "1 UNION SELECT NULL,NULL--", "admin'/*", "%27%20OR%201=1", "$$; SELECT 1; $$", "0x27", "'||pg_sleep(9)||'",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "javascript:alert(1)",
    "</textarea><script>alert(1)</script>", "<iframe src=//evil.example>", "<!--", "]]>", "&lt;script&gt;",
    "{{7*7}}", "{% debug %}", "{% load static %}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{request}}", "{{''.__class__}}",
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "=HYPERLINK(\"http://evil.example\")",
    "$(id)", "`id`", "; cat /etc/passwd", "| id", "&& id", "\n/bin/ls", "%0aid", "() { :;}; id",
    "*)(uid=*))(|(uid=*", "x' or name()='y", "{\"$gt\": \"\"}", "[$ne]=1", "%s%s%s%n", "%x%x%x", "%d", "{0}", "{}",
    "{0.__class__}", "__proto__", "constructor", "\r\nSet-Cookie: x=1", "\r\nLocation: http://evil.example",
    "%0d%0aX-Injected: 1", "Bcc: all@example.org", "a\nBcc: all@example.org",
]  # fmt: skip
PATHS = [
    "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd", "....//....//etc/passwd",
    "%2e%2e%2f%2e%2e%2f", "..%c0%af..%c0%af", "/dev/zero", "C:\\boot.ini", "\\\\evil\\share", "~root", "./.", "..",
    ".htaccess", "http://169.254.169.254/", "//evil.example", "https://evil.example/?x=", "gopher://localhost:6379/_",
    "con", "nul", "aux.txt", "a/b/../c",
]  # fmt: skip
UNICODE = [
    "\x00", "a\x00b", "\x00" * 50, "\x01\x02\x03", "\x1b[31mred", "\x7f", "\x85", "\u2028\u2029", "\ufeff",
    "\u200b\u200c\u200d",
    "\u202eevil", "\u2066\u2067", "\ufffd", "\ufffe", "\uffff", "e\u0301", "\u0041\u030a", "ﷺ" * 50, "𝕳𝖊𝖑𝖑𝖔",
    "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "z" + "\u0300" * 500, "ı", "İ", "ß", "ǅ", "ﬁ", "Ω", "٣", "१२३", "一二三", "①", "½", "\U0010ffff", "\U000e0001",
    "العربية", "עברית", "ไทย", "中文", "\u00a0", "\u3000", "\t", "\v", "\f", "\r", "\n", "\r\n\r\n", " ", "",
]  # fmt: skip
NUMBERS = [
    "-1", "0", "00", "+1", "1e309", "1e-400", "NaN", "Infinity", "-Infinity", "2147483648", "-2147483649",
    "9223372036854775808", "-9223372036854775809", "9" * 400, "1" * 5_000, "0x10", "0b1", "1_000", "1,000", "1.5",
    "1.", ".1", "--1", "1e5", "٤", "²", "true", "None", "null", "undefined", "[]", "{}",
]  # fmt: skip
DATES = [
    "31/02/2026", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "-0001-01-01", "2026-13-01", "99/99/9999",
    "1/1/1", "2026-11-25T25:61:61Z", "24:00", "25:00", "00:60", "99:99", "1970-01-01T00:00:00+99:99",
    "0001-01-01T00:00:00+14:00", "2026-W54-8", "yesterday", "29 February 2025", "00000000-0000-0000-0000-000000000000",
    "00000000", "1/13/2026", "2026-11-31", "12:60", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
]  # fmt: skip
LONG = ["a" * 300, "a" * 70_000, "a b " * 20_000, "\n" * 20_000, "<" * 10_000, "&" * 10_000, "'" * 10_000, "é" * 40_000,
        "👶" * 20_000, "a" * 256, "a@" + "b" * 300 + ".example", "0" * 20]  # fmt: skip

TEXTS = [*INJECTED, *PATHS, *UNICODE, *NUMBERS, *DATES, *LONG]

FILES: list[tuple[str, bytes]] = [
    ("empty.pdf", b""), ("nothing.csv", b"\x00"), ("program.pdf", files.PROGRAM), ("macros.docm", files.MACROS),
    ("damaged.docx", files.damaged()), ("../../../etc/passwd", files.PDF), ("..\\..\\win.ini", files.PDF),
    ("a" * 250 + ".pdf", files.PDF), ("‮fdp.exe", files.PDF), ("=cmd.csv", b"=cmd|' /C calc'!A0,b\n1,2\n"),
    ("latin1.csv", "Forename,Surname\nZoë,Müller\n".encode("latin-1")), ("utf16.csv", "a,b\n1,2\n".encode("utf-16")),
    ("long-line.csv", b"a," * 200_000), ("quotes.csv", b'"a,b\n1,2\n'), ("nulls.csv", b"Forename,Surname\n\x00,\x00\n"),
    ("broken.xlsx", b"PK\x03\x04" + b"\x00" * 100), ("not-a-workbook.xlsx", packed("word/document.xml")),
    ("entities.xlsx", packed("[Content_Types].xml", "xl/workbook.xml",
        content=b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>')),
    ("file.parquet", b"PAR1" + b"\xff" * 64 + b"PAR1"), ("slip.xlsx", packed("../../evil", "xl/workbook.xml")),
    ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("page.html", b"<script>1</script>"),
]  # fmt: skip


def bomb() -> tuple[str, bytes]:
    """Half a megabyte that unpacks to half a gigabyte."""
    return "bomb.docx", files.bomb()
