"""SVG to PNG, for places that take no SVG."""


def to_png(svg: str) -> bytes:
    """Render a picture.

    Args:
        svg: an SVG that `draw_series` made.

    Returns:
        A PNG of twice the SVG's size in pixels.
    """
    import resvg_py  # noqa: PLC0415 - only wanted where a PNG is

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=2))
