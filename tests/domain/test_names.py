"""Names that differ only in form are one; other names stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import name_key, tidy


@pytest.mark.parametrize(
    "names",
    [
        ("Acme Ltd", "ACME Limited", "Acmé, ltd.", "A.C.M.E. Ltd", " acme  LTD. ", "Acme"),
        ("Müller & Söhne GmbH & Co. KG", "Muller und Sohne", "MÜLLER + SÖHNE GmbH"),
        ("Foo S.A.", "Foo SA", "Foo S. A.", "FOO"),
        ("Bar sp. z o.o.", "Bar"),
        ("J.P. Morgan", "JP Morgan", "J P Morgan"),
        ("O'Brien plc", "OBrien p.l.c."),
        ("Multi-Floors Limited", "MULTI FLOORS LTD", "Multifloors"),
        ("Marks & Spencer plc", "Marks and Spencer"),
        ("Straße AG", "STRASSE"),
        ("SARL Dupont", "Dupont"),
        ("Novo A/S", "Novo AS", "Novo"),
    ],
)
def test_names_that_differ_in_form_are_one(names: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme", "Acme Foods"),
        ("Acme", "Acne"),
        ("Müller", "Möller"),
        ("Smith 1", "Smith 2"),
        ("Ltd", "Limited Company"),
        ("東京", "大阪"),
        ("!!!", "???"),
        ("Company Shop", "Shop"),
    ],
)
def test_names_that_differ_in_more_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@given(st.text(max_size=40))
def test_a_name_never_folds_to_nothing(text: str) -> None:
    if text.strip():
        assert name_key(text)
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(alphabet="qwxyz äöé", min_size=3, max_size=30).filter(lambda text: len(text.split()) > 1))
def test_case_and_a_legal_form_never_matter(text: str) -> None:
    assert name_key(text) == name_key(text.upper())
    assert name_key(f"{text} Limited") == name_key(f"{text}, Ltd.")
