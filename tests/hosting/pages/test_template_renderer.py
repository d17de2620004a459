"""The hosting's own pages in the reader's language."""

import re

import pytest

from hosting.pages import static_files
from hosting.pages.template_renderer import choose_accepted_language, render_template


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("de, fr;q=0.8, en;q=0.5", "fr"),
        ("fr;q=0.2, en;q=0.9", "en"),
        ("*", "en"),
        ("fr;q=high, en", "en"),
    ],
)
def test_the_language_is_the_one_that_the_browser_prefers(header, language):
    assert choose_accepted_language(header) == language


def test_values_and_texts_cannot_become_markup():
    page = render_template("<p>{{name}}</p><p>{{preview.start}}</p>", "en", {"name": "<b>", "month": '"&"'})
    assert page == "<p>&lt;b&gt;</p><p>{day} &quot;&amp;&quot; {year}, {time}</p>"


def test_a_mark_without_a_text_is_a_mistake():
    with pytest.raises(KeyError):
        render_template("{{no.such_text}}", "en", {})


def test_every_template_is_whole_in_both_languages(client):
    for language, heading in (("en", "Create the first account"), ("fr", "Créer le premier compte")):
        response = client.get("/first-owner", headers={"Accept-Language": language})
        assert heading in response.text
        assert f'lang="{language}"' in response.text
        assert "{{" not in response.text
        assert response.headers["vary"] == "Accept-Language"
        assert 'minlength="10"' in response.text


def test_templates_are_not_served_as_they_are(client):
    for path in static_files.TEMPLATE_FOLDER.iterdir():
        assert client.get(f"/pages/{path.name}").status_code == 404


def test_every_code_of_the_first_account_has_a_message(client):
    page = client.get("/first-owner").text
    named = set(re.findall(r'data-for="([\w.]+)"', page))
    assert named >= {"account.owned", "account.key", "account.email", "account.password", "failed", "done"}
