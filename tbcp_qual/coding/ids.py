"""Identifiers that sort by the time they were made (UUID version 7, RFC 9562 section 5.7)."""

import os
import time


def new_id() -> str:
    """Return 32 hexadecimal digits; ids made later in another millisecond sort later.

    >>> len(new_id())
    32
    >>> new_id()[12]
    '7'
    """
    milliseconds = time.time_ns() // 1_000_000
    rest = bytearray(os.urandom(10))
    rest[0] = 0x70 | (rest[0] & 0x0F)
    rest[2] = 0x80 | (rest[2] & 0x3F)
    return f"{milliseconds & 0xFFFFFFFFFFFF:012x}{rest.hex()}"
