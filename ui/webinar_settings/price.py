"""Parsing and formatting of prices in the user's language; amounts are whole numbers of the smallest unit."""

import re

from PySide6.QtCore import QLocale

from editor.schedule.model import Price

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CAD", "AUD", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL", "INR")
"""Currencies to choose from; others can be typed."""
ZERO_DECIMAL_CURRENCIES = frozenset(
    {"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "XPF", "UGX", "RWF", "PYG", "KMF", "GNF"}
)
THREE_DECIMAL_CURRENCIES = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
MAX_AMOUNT = 99_999_999_99

AMOUNT = re.compile(r"(\d{1,3}([.,])\d{3}(?:\2\d{3})*|\d+)(?:([.,])(\d{1,3}))?")
"""Digits, grouped in threes by one separator or not at all; then optionally a decimal sign and decimals."""
SPACES = re.compile(r"[\s\u00a0\u202f'’]")


def count_decimals(currency: str) -> int:
    """Return the number of decimals of a currency: 0 for JPY, 3 for KWD, 2 for most and for unknown ones (ISO 4217)."""
    if currency in ZERO_DECIMAL_CURRENCIES:
        return 0
    return 3 if currency in THREE_DECIMAL_CURRENCIES else 2


def parse(text: str, currency: str, locale: QLocale) -> int | None:
    """Return a typed amount in the smallest unit of its currency: "12.50" in EUR is 1250.

    A point or comma before the last one or two digits is the decimal sign in any language, since keypads have only one
    of them; before three digits it is so only if the language does not group by it.

    Args:
        text: the amount without a currency; spaces and apostrophes are ignored.
        currency: upper-case ISO 4217 code.
        locale: the language whose separator groups thousands.

    Returns:
        The amount; None if the text is empty, negative, no number or ambiguous, has more decimals than the currency,
        or is above `MAX_AMOUNT`.
    """
    compact = SPACES.sub("", text)
    digits = count_decimals(currency)
    group = locale.groupSeparator()
    found = AMOUNT.fullmatch(compact)
    if found is None:
        return None
    whole, separator, sign, decimals = found.groups()
    if separator is not None and sign is None and separator != group:
        # "1.234" in a language that does not group by points: three decimals are ambiguous unless it is the only sign.
        if whole.count(separator) > 1:
            return None
        whole, _, decimals = whole.partition(separator)
    elif separator is not None and separator == sign:
        return None
    decimals = decimals or ""
    if len(decimals) > digits:
        return None
    amount = int(re.sub(r"[.,]", "", whole)) * 10**digits + int(decimals.ljust(digits, "0") or "0")
    return amount if amount <= MAX_AMOUNT else None


def format_price(price: Price, locale: QLocale, *, with_currency: bool = True) -> str:
    """Return a price as the language writes it, with all decimals of its currency: "1 234,50 EUR".

    Args:
        price: the price, whose amount is in the smallest unit of its currency.
        locale: the language.
        with_currency: whether the code of the currency follows.
    """
    digits = count_decimals(price.currency)
    whole, decimals = divmod(price.amount, 10**digits)
    text = locale.toString(whole)
    if digits:
        text += f"{locale.decimalPoint()}{decimals:0{digits}}"
    return f"{text} {price.currency}" if with_currency else text
