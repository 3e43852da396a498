"""A drawing as an enhanced metafile, the vector picture that every Word can show, print and scale.

Record by record as in Microsoft's [MS-EMF]. One logical unit is a twentieth of a point, one device unit a hundredth of
a millimetre.
"""

from struct import pack

from tbcp_qual.writers.report.forest import SIZE, Drawing, Mark, Stroke, Words, width_of

_PER_POINT = 20
_HUNDREDTHS = 2540 / 72
"""Hundredths of a millimetre in a point."""
_DEVICE, _MILLIMETRES = (32_000, 32_000), (320, 320)
_INK, _QUIET, _BLACK = 0x665A1F, 0xD5D3C9, 0x202020
"""Blue, green, red."""
_FONT, _STRONG, _THIN, _FAINT, _HEAVY, _FILL = range(1, 7)
"""Numbers of what is drawn with."""
_BASE_LINE = 24
_ALIGNED = {"left": _BASE_LINE, "right": _BASE_LINE + 2, "middle": _BASE_LINE + 6}
_BELOW_MIDDLE = 0.36
"""From the middle of a row of words to its base line, of their size."""


def metafile(drawn: Drawing) -> bytes:
    """Return a drawing as the bytes of an EMF file."""
    records = [
        _record(17, pack("<I", 8)),
        _record(10, pack("<ii", 0, 0)),
        _record(9, pack("<ii", _units(drawn.width), _units(drawn.height))),
        _record(12, pack("<ii", 0, 0)),
        _record(11, pack("<ii", _device(drawn.width), _device(drawn.height))),
        _record(18, pack("<I", 1)),
        _record(24, pack("<I", _BLACK)),
        _font(_FONT, 400),
        _font(_STRONG, 700),
        *(
            _record(38, pack("<IIiiI", pen, 0, _units(weight), 0, colour))
            for pen, weight, colour in ((_THIN, 0.5, _INK), (_FAINT, 0.5, _QUIET), (_HEAVY, 1.25, _INK))
        ),
        _record(39, pack("<IIII", _FILL, 0, _INK, 0)),
        _chosen(_FILL),
    ]
    for shape in drawn.shapes:
        records += _shape(shape)
    records.append(_record(14, pack("<III", 0, 0, 20)))
    return _header(drawn, records) + b"".join(records)


def _record(kind: int, body: bytes) -> bytes:
    return pack("<II", kind, 8 + len(body)) + body


def _units(points: float) -> int:
    return round(points * _PER_POINT)


def _device(points: float) -> int:
    return round(points * _HUNDREDTHS)


def _header(drawn: Drawing, records: list[bytes]) -> bytes:
    right, bottom = _device(drawn.width), _device(drawn.height)
    size = 88
    whole = size + sum(map(len, records))
    box = pack("<iiii", 0, 0, right, bottom)
    counts = pack("<IIIIHHIII", 0x464D4520, 0x10000, whole, len(records) + 1, _FILL + 1, 0, 0, 0, 0)
    return pack("<II", 1, size) + box + box + counts + pack("<iiii", *_DEVICE, *_MILLIMETRES)


def _font(number: int, weight: int) -> bytes:
    face = "Arial".encode("utf-16-le").ljust(64, b"\0")
    logical = pack("<iiiii8B", -_units(SIZE), 0, 0, 0, weight, 0, 0, 0, 1, 0, 0, 0, 0x22) + face
    return _record(82, pack("<I", number) + logical.ljust(320, b"\0"))


def _chosen(number: int) -> bytes:
    return _record(37, pack("<I", number))


def _shape(shape: Stroke | Mark | Words) -> list[bytes]:
    if isinstance(shape, Stroke):
        pen = _HEAVY if shape.heavy else _FAINT if shape.quiet else _THIN
        start, end = (_units(shape.x1), _units(shape.y1)), (_units(shape.x2), _units(shape.y2))
        return [_chosen(pen), _record(27, pack("<ii", *start)), _record(54, pack("<ii", *end))]
    if isinstance(shape, Words):
        return _words(shape)
    x, y, r = _units(shape.x), _units(shape.y), _units(shape.radius)
    box = pack("<iiii", x - r, y - r, x + r, y + r)
    if not shape.diamond:
        return [_chosen(_THIN), _record(42, box)]
    corners = pack("<8i", x - r, y, x, y - r, x + r, y, x, y + r)
    return [_chosen(_THIN), _record(3, box + pack("<I", 4) + corners)]


def _words(words: Words) -> list[bytes]:
    # One code unit a sign: what lies beyond would need two advances.
    said = "".join(sign if ord(sign) < 0x10000 else "□" for sign in words.words)
    text = said.encode("utf-16-le", "replace")
    padded = text.ljust((len(text) + 3) // 4 * 4, b"\0")
    advances = pack(f"<{len(said)}I", *(_units(width_of(sign, strong=words.strong)) for sign in said))
    place = pack("<ii", _units(words.x), _units(words.y + SIZE * _BELOW_MIDDLE))
    start = 76
    scale = _HUNDREDTHS / _PER_POINT
    head = pack("<iiiiIff", 0, 0, -1, -1, 1, scale, scale)
    body = head + place + pack("<IIIiiiiI", len(said), start, 0, 0, 0, -1, -1, start + len(padded))
    return [
        _chosen(_STRONG if words.strong else _FONT),
        _record(22, pack("<I", _ALIGNED[words.at])),
        _record(84, body + padded + advances),
    ]
