"""Which colours of the theme stand on which, and how well the one is seen on the other (WCAG 2)."""

from __future__ import annotations

TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("ink", "ink2") for ground in ("window", "surface", "side", "header", "selection")),
    *(("ink3", ground) for ground in ("window", "surface", "side")),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("link", "surface"),
    ("link", "window"),
    ("link", "side"),
    ("ok", "ok_soft"),
    ("warn", "warn_soft"),
    ("err", "err_soft"),
    ("sf_text", "sf_soft"),
    ("di_text", "di_soft"),
    ("ink", "ok_soft"),
    ("ink2", "ok_soft"),
    ("ink2", "neutral_soft"),
    ("ink", "warn_soft"),
    ("ink", "err_soft"),
    ("ink2", "warn_soft"),
    ("ink2", "err_soft"),
    *(
        (ink, ground)
        for ink in ("ok", "warn", "err", "sf_text", "di_text")
        for ground in ("surface", "selection", "side")
    ),
    ("mark_ink", "ok"),
    ("mark_ink", "warn"),
)
"""Every pair of colours in which the window writes text: the text, and the ground under it."""

FOCUS_PAIRS: tuple[tuple[str, str], ...] = (
    *(("link", ground) for ground in ("window", "surface", "side")),
    *((mine, ground) for mine in ("sf", "di") for ground in ("surface",)),
)
"""Lines that carry meaning (the focus ring, the connectors), which need 3:1."""


def contrast(one: str, other: str) -> float:
    """Give the WCAG 2 contrast ratio of two colours, from 1 to 21."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
