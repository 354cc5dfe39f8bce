"""法人番号: thirteen digits, the first a check digit."""


def is_valid(text: str) -> bool:
    """Say whether a text is thirteen digits, the first being the check digit of the others."""
    return len(text) == 13 and text.isascii() and text.isdigit() and text[0] == check_digit(text[1:])


def check_digit(twelve: str) -> str:
    """Return the check digit of twelve digits, which stands in front of them.

    9 − (Σ Pn·Qn mod 9), Pn being the n-th digit from the last, Qn 1 where n is odd and 2 where it is even:
    法人番号の指定等に関する省令(平成26年財務省令第70号)第2条.

    >>> check_digit("000012050002"), check_digit("000012010038")
    ('7', '8')
    """
    weighted = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(twelve)))
    return str(9 - weighted % 9)
