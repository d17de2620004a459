"""Prices as people type them, in their own language, and back; always whole numbers of the smallest unit."""

import re

from PySide6.QtCore import QLocale

from editor.schedule.model import Price

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CAD", "AUD", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "BRL", "INR")
"""What can be chosen; others can be typed."""
WITHOUT_CENTS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "XAF", "XOF", "XPF", "UGX", "RWF", "PYG", "KMF", "GNF"})
WITH_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
MOST = 99_999_999_99

AMOUNT = re.compile(r"(\d{1,3}([.,])\d{3}(?:\2\d{3})*|\d+)(?:([.,])(\d{1,3}))?")
"""Digits, in groups of three by one separator or by none; then perhaps a decimal sign and what lies behind it."""
SPACES = re.compile(r"[\s\u00a0\u202f'’]")


def digits_of(currency: str) -> int:
    """How many digits of a currency lie behind the point (ISO 4217)."""
    if currency in WITHOUT_CENTS:
        return 0
    return 3 if currency in WITH_THOUSANDTHS else 2


def parse(text: str, currency: str, locale: QLocale) -> int | None:
    """What an amount means in the currency's smallest unit; None where that cannot be said for sure.

    A point or a comma before the last one or two digits is the decimal sign in any language, since keypads have only
    one of them; before three digits it is so only if the language does not group by it.
    """
    bare = SPACES.sub("", text)
    digits = digits_of(currency)
    group = locale.groupSeparator()
    found = AMOUNT.fullmatch(bare)
    if found is None:
        return None
    whole, separator, sign, behind = found.groups()
    if separator is not None and sign is None and separator != group:
        # "1.234" where points do not group: a decimal sign if it stands alone, else nothing we could be sure of.
        if whole.count(separator) > 1:
            return None
        whole, _, behind = whole.partition(separator)
    elif separator is not None and separator == sign:
        return None
    behind = behind or ""
    if len(behind) > digits:
        return None
    amount = int(re.sub(r"[.,]", "", whole)) * 10**digits + int(behind.ljust(digits, "0") or "0")
    return amount if amount <= MOST else None


def write(price: Price, locale: QLocale, *, with_currency: bool = True) -> str:
    """An amount in a language's own way: "1 234,50 EUR"."""
    digits = digits_of(price.currency)
    whole, behind = divmod(price.amount, 10**digits)
    text = locale.toString(whole)
    if digits:
        text += f"{locale.decimalPoint()}{behind:0{digits}}"
    return f"{text} {price.currency}" if with_currency else text
