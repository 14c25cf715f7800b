"""A PDF made by hand (ISO 32000): each page a line of Chinese, or a stream as given."""

import zlib

_FONT = [
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    ),
]


def paper(*pages: str | bytes, padding: int = 0) -> bytes:
    """Return a PDF of these pages; `padding` bytes that say nothing stand before them."""
    kids = " ".join(f"{5 + 2 * place} 0 R" for place in range(len(pages)))
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(), *_FONT]
    for place, page in enumerate(pages):
        drawn = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * place} 0 R"
        parts += [f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {drawn} >>".encode(), _stream(page)]
    return _bound(parts, b"%PDF-1.7\n%" + b" " * padding + b"\n")


def _stream(page: str | bytes) -> bytes:
    content = page if isinstance(page, bytes) else f"BT /F1 16 Tf 72 770 Td <{page.encode('utf-16-be').hex()}> Tj ET".encode()
    packed = zlib.compress(content, 9)
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)


def _bound(parts: list[bytes], head: bytes) -> bytes:
    whole, starts = head, list[int]()
    for number, part in enumerate(parts, 1):
        starts.append(len(whole))
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(whole))
    return whole + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (len(parts) + 1, table, trailer)
