"""Measures of a page in a browser: overflow, cut-off texts, contrast."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

MEASURES = (Path(__file__).parent / "measures.js").read_text("utf-8")


def measure_page(page: Page, measure: str) -> Any:
    """Return the findings of one function of ``measures.js`` in a page."""
    return page.evaluate(f"() => ({MEASURES}).{measure}()")
