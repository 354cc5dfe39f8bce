"""全国地方公共団体コード: six digits, the last a check digit."""


def check_digit(five: str) -> str:
    """Return the sixth digit for five digits (総務省 全国地方公共団体コード仕様, 検査数字).

    >>> check_digit("22212")
    '7'
    """
    weighted = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - weighted % 11) % 10)


def is_valid(code: str) -> bool:
    """Say whether a six-digit code carries its right check digit."""
    return len(code) == 6 and code.isascii() and code.isdigit() and check_digit(code[:5]) == code[5]
