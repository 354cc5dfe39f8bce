"""The town's colour as a small style sheet: every pairing of text and ground keeps WCAG's 4.5 : 1, whatever colour is set."""

from colorsys import hls_to_rgb, rgb_to_hls

Rgb = tuple[float, float, float]

_ENOUGH = 4.6
"""WCAG 2.2 §1.4.3 asks 4.5; a little more survives rounding to 8 bits."""


def theme_css(colour: str) -> str:
    """Return custom properties for a colour "#rrggbb": the ground, text on it, a link colour, a tint."""
    town = _rgb(colour)
    link = darkened(town, _ENOUGH)
    tint = tuple(1 - (1 - channel) * 0.08 for channel in link)
    on_town = "#ffffff" if contrast(town, (1, 1, 1)) >= _ENOUGH else "#111111"
    ground = town if on_town == "#ffffff" or contrast(town, _rgb("#111111")) >= _ENOUGH else link
    return (
        ":root {\n"
        f"  --town: {_hex(ground)};\n  --on-town: {on_town if ground == town else '#ffffff'};\n"
        f"  --link: {_hex(link)};\n  --link-dark: {_hex(darkened(link, 9))};\n  --tint: {_hex((tint[0], tint[1], tint[2]))};\n"
        "}\n"
    )


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, definition of contrast ratio).

    >>> round(contrast((0, 0, 0), (1, 1, 1)))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: Rgb, ratio: float) -> Rgb:
    """Return the colour, darkened only as far as it needs to reach that contrast on white."""
    hue, lightness, saturation = rgb_to_hls(*colour)
    while contrast(colour, (1, 1, 1)) < ratio and lightness > 0:
        lightness = max(0.0, lightness - 0.01)
        colour = hls_to_rgb(hue, lightness, saturation)
    return colour


def _luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour)
