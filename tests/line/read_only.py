"""The command line on a disk that lets nobody write below a folder; run by test_read_only_disk.

usage: read_only.py FOLDER ARGUMENT…
"""

import errno
import os
import sys

from api.cli.main import main

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "os.symlink"}


def forbid(folder: str) -> None:
    """Have everything that would write below the folder fail as a disk that is mounted read-only lets it fail."""

    def look(event: str, arguments: tuple[object, ...]) -> None:
        writes = event in _CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING)
        if writes and str(arguments[0]).startswith(folder):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(arguments[0]))

    sys.addaudithook(look)


if __name__ == "__main__":
    forbid(sys.argv[1])
    sys.argv = ["machizu", *sys.argv[2:]]
    main()
