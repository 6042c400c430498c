"""The blob of a track segment."""
from wire import compress


def unsigned(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    return unsigned(2 * number if number >= 0 else -2 * number - 1)


def segment(fixes, holes):
    """`fixes` are (boot_ms, lat_e6, lon_e6, accuracy_m, flags), `holes` are (start_boot_ms, length_ms, cause)."""
    inner = unsigned(len(fixes))
    for column in range(3):
        before = 0
        for fix in fixes:
            inner += zigzag(fix[column] - before)
            before = fix[column]
    inner += bytes(fix[3] for fix in fixes) + bytes(fix[4] for fix in fixes) + unsigned(len(holes))
    for start, length, cause in holes:
        inner += unsigned(start - fixes[0][0]) + unsigned(length) + bytes([cause])
    return b"FBTRK1\n" + compress(inner)
