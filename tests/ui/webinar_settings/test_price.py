import pytest
from PySide6.QtCore import QLocale

from editor.schedule.model import Price
from ui.webinar_settings import price

ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)


@pytest.mark.parametrize(
    ("text", "locale", "amount"),
    [
        ("12", ENGLISH, 1200),
        ("12.5", ENGLISH, 1250),
        ("12.50", ENGLISH, 1250),
        ("12,50", ENGLISH, 1250),
        ("1,234", ENGLISH, 123_400),
        ("1,234.56", ENGLISH, 123_456),
        ("1,234,567.89", ENGLISH, 123_456_789),
        ("12,50", FRENCH, 1250),
        ("12.50", FRENCH, 1250),
        ("1 234,50", FRENCH, 123_450),
        ("1\u202f234,50", FRENCH, 123_450),
        ("1\u00a0234", FRENCH, 123_400),
        ("1.234,50", GERMAN, 123_450),
        ("1.234", GERMAN, 123_400),
        ("1'234.50", ENGLISH, 123_450),
        ("0", ENGLISH, 0),
        (" 7 ", ENGLISH, 700),
        ("١٢", ENGLISH, 1200),
    ],
)
def test_amounts_are_read_as_people_type_them(text, locale, amount):
    assert price.parse(text, "EUR", locale) == amount


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("", ENGLISH),
        ("free", ENGLISH),
        ("-5", ENGLISH),
        ("1.234", ENGLISH),
        ("1,234", FRENCH),
        ("12.505", ENGLISH),
        ("1.234.567", ENGLISH),
        ("1,23,456", ENGLISH),
        ("1,234,50", ENGLISH),
        ("5 €", ENGLISH),
        ("99999999999", ENGLISH),
    ],
)
def test_what_is_not_sure_is_no_amount(text, locale):
    assert price.parse(text, "EUR", locale) is None


def test_currencies_have_their_own_digits():
    assert price.parse("1500", "JPY", ENGLISH) == 1500
    assert price.parse("1500.5", "JPY", ENGLISH) is None
    assert price.parse("1.234", "KWD", ENGLISH) == 1234
    assert price.format_price(Price(amount=1500, currency="JPY"), ENGLISH) == "1,500 JPY"
    assert price.format_price(Price(amount=1234, currency="KWD"), ENGLISH) == "1.234 KWD"


@pytest.mark.parametrize("locale", [ENGLISH, FRENCH, GERMAN])
@pytest.mark.parametrize("amount", [0, 5, 99, 1250, 123_456, 100_000_000])
@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_what_is_written_reads_back(locale, amount, currency):
    written = price.format_price(Price(amount=amount, currency=currency), locale, with_currency=False)
    assert price.parse(written, currency, locale) == amount
