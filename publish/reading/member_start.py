"""Member start: as much of a member of an opened zip as is looked at, so that a small zip cannot fill the memory."""

import zipfile

MOST = 8 << 20
"""Bytes, where the caller says no less."""


def start_of(archive: zipfile.ZipFile, member: str, most: int = MOST) -> bytes:
    """Return the beginning of a member, b"" when it is not there. Raises what zipfile raises (`limits.ZIP_TROUBLE`)."""
    try:
        info = archive.getinfo(member)
    except KeyError:
        return b""
    with archive.open(info) as file:
        return file.read(most)
