"""Telling the language of a text."""

from __future__ import annotations

import pytest

from geo.text.languages import language_of, languages, name_of


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "Shells hit Riverton"),
        ("en", "LA PAZ"),
        ("en", "De Gaulle and Las Vegas: el Niño"),
        ("en", "12 May"),
        ("en", "Gunmen took Tal al-Zorv, Jabal al-Mird, Wadi al-Palt and Ciudad del Kesh"),
        ("en", "Fighting near Ağdərə (Физули) and Xankəndi, says ministry"),
        ("ru", "Министерство сообщило, что в районе были обстрелы, и это не первый случай."),
        ("uk", "Міністерство повідомило, що у районі були обстріли, і це не перший випадок."),
        ("hy", "Պաշտպանության նախարարությունը հայտնում է մարտերի մասին։"),
        ("ka", "თავდაცვის სამინისტრომ განაცხადა ბრძოლების შესახებ."),
        ("az", "Nazirlik bildirib ki, düşmən atəş açıb və cavab atəşi ilə susdurulub."),
        ("tr", "Bakanlık, sınırda bir çatışma oldu ve bu konu için daha sonra konuşacak."),
        ("fr", "Le ministère a annoncé que les combats dans la région ont repris."),
        ("es", "El ministerio dijo que los combates en la región se reanudaron."),
        ("de", "Das Ministerium teilte mit, dass die Kämpfe nicht enden und der Ort brennt."),
        ("ar", "أعلنت وزارة الدفاع أن القوات هاجمت القرية في الصباح بعد قصف من الحدود."),
        ("fa", "وزارت دفاع اعلام کرد که نیروها در صبح به روستا حمله کردند و این را تکذیب کرد."),
        ("und", "ᎣᏏᏲ ᏙᎯᏧ ᎣᏍᏓ"),
    ],
)  # fmt: skip
def test_language(code, text):
    assert language_of(text) == code


def test_every_language_has_a_name_and_english_comes_first_in_its_script():
    codes = [language.code for language in languages()]
    assert len(set(codes)) == len(codes)
    assert next(lang.code for lang in languages() if lang.script == "LATIN") == "en"
    assert name_of("ru") == "Russian"
    assert name_of("xx") == "xx"
