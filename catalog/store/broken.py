"""What sqlite3 raises when a file is damaged."""

import sqlite3
from typing import Final

BROKEN: Final = (sqlite3.Error, UnicodeDecodeError)
"""The message of an error quotes the file, and Python gives up on a quotation that is no UTF-8."""
