"""Names of persons in Japanese text: a cheap filter of surnames first, the morphological dictionary only for what passes it."""
