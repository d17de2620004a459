"""The hosting's own pages, filled with the texts of the reader's language.

In a template `{{key}}` stands for a text of `resources/i18n/<language>/pages.json`, and `{{name}}` for a value that the
page is rendered with. Both are written as text: nothing in them can become markup.
"""

import re
from collections.abc import Mapping
from html import escape

from editor.languages import choose_language, load_page_texts

_MARK = re.compile(r"\{\{([\w.]+)\}\}")


def choose_accepted_language(accept_language: str) -> str:
    """Return the language for a request: the preferred one that there are texts for, else the fallback, English.

    Languages are tried by descending weight (`q`, 1 without one); a part whose weight is no number is ignored.

    Args:
        accept_language: The value of the `Accept-Language` header (RFC 9110 §12.5.4); "" where the request has none.
    """
    weighted = []
    for part in accept_language.split(","):
        tag, _, weight = part.partition(";q=")
        try:
            weighted.append((-float(weight or 1), tag.strip()))
        except ValueError:
            continue
    return choose_language(tag for _, tag in sorted(weighted, key=lambda pair: pair[0]))


def render_template(template: str, language: str, values: Mapping[str, object]) -> str:
    """Return a page in a language, with its marks (``{{name}}``) replaced by texts and values, escaped for HTML.

    Args:
        template: HTML with marks.
        language: One of `editor.languages.list_languages`.
        values: What marks stand for, and the placeholders in texts; a value takes the place of a text of the same name.

    Raises:
        KeyError: A mark is neither a text nor a value.
    """
    texts = load_page_texts(language)

    def fill(match: re.Match[str]) -> str:
        key = match[1]
        return escape(str(values[key]) if key in values else fill_placeholders(texts[key], values))

    return _MARK.sub(fill, template)


def fill_placeholders(text: str, values: Mapping[str, object]) -> str:
    """Return a text with its `{placeholders}` replaced; one without a value stays, for a script of the page to fill."""
    return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match[1], match[0])), text)
