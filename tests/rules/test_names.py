"""Names as they will stand in a diploma."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contest.names import FullName, read_full_name
from bot.contest.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "formal"),
    [
        ("соколова вера", "Соколова Вера"),
        ("Соколова Вера Ильинична", "Соколова Вера Ильинична"),
        ("  СОКОЛОВА\n ВЕРА   ИЛЬИНИЧНА ", "Соколова Вера Ильинична"),
        ("Вера Ильинична Соколова", "Соколова Вера Ильинична"),
        ("Рабинович Анна Петровна", "Рабинович Анна Петровна"),
        ("Анна Петровна Рабинович", "Рабинович Анна Петровна"),
        ("габсбург мария-антуанетта", "Габсбург Мария-Антуанетта"),
        ("петрова - водкина анна", "Петрова-Водкина Анна"),
        ("Алиев Самир Рашид оглы", "Алиев Самир Рашид оглы"),
        ("АЛИЕВА ЛЕЙЛА РАШИД-КЫЗЫ", "Алиева Лейла Рашид-кызы"),
        ("тоқтарова әсем серікқызы", "Тоқтарова Әсем Серікқызы"),
        ("ооржак чөдүраа", "Ооржак Чөдүраа"),
        ("Ооржак Чөдүраа Ай-ооловна", "Ооржак Чөдүраа Ай-ооловна"),
        ("Чөдүраа Ай-ооловна Ооржак", "Ооржак Чөдүраа Ай-ооловна"),
        ("ооржак чөдүраа ай-ооловна", "Ооржак Чөдүраа Ай-Ооловна"),
        ("ООРЖАК ЧӨДҮРАА АЙ-ООЛОВНА", "Ооржак Чөдүраа Ай-Ооловна"),
        ("Петрова-водкина Анна-мария", "Петрова-Водкина Анна-Мария"),
        ("о'нил шон", "О’Нил Шон"),
        ("григор’єва мар'яна", "Григор’єва Мар’яна"),
        ("фон дер гольц анна петровна", "фон дер Гольц Анна Петровна"),
        ("Де Анна Петровна", "Де Анна Петровна"),
        ("Соколова Вера -", "Соколова Вера"),
        ("Соколова Вера без отчества", "Соколова Вера"),
        ("Дроздо\u200bв, Артё\u0308м".replace("ё\u0308", "е\u0308"), "Дроздов Артём"),
    ],
)
def test_a_name_is_read_as_people_type_it(typed: str, formal: str) -> None:
    name = read_full_name(typed)
    assert isinstance(name, FullName)
    assert name.formal == formal


@pytest.mark.parametrize("typed", ["", "   ", "😀😀", ".", "...", "—", "👨‍👩‍👧‍👦", "\u200b\u0000", "123"])
def test_b1_what_is_no_name_is_asked_for_again(typed: str) -> None:
    assert read_full_name(typed) == Refusal("name.expected")
    assert isinstance(read_full_name("Соколова Вера"), FullName)


@pytest.mark.parametrize("typed", ["И. И. Соколова", "Соколова В.И.", "Соколова В И", "Соколова Вера И."])
def test_initials_are_refused(typed: str) -> None:
    assert read_full_name(typed) == Refusal("name.initials")


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("Соколова", Refusal("name.one_word", {"word": "Соколова"})),
        ("Иванов Петров Сергей Ильич", Refusal("name.too_many_words", {"words": 4})),
        ("Вера Ильинична", Refusal("name.surname_missing")),
        ("Алиев оглы", Refusal("name.expected")),
        ("Сок0лова Вера", Refusal("name.digits", {"word": "Сок0лова"})),
        ("Sokolova Vera", Refusal("name.not_cyrillic", {"word": "Sokolova"})),
        ("Соколова 😀Вера", Refusal("name.character", {"character": "😀"})),
        ("Соколова Вера!", Refusal("name.character", {"character": "!"})),
        ("-Соколова Вера", Refusal("name.character", {"character": "-"})),
    ],
)
def test_a_refusal_says_what_is_wrong(typed: str, refusal: Refusal) -> None:
    assert read_full_name(typed) == refusal


@pytest.mark.parametrize(("typed", "letter"), [("Cоколова Вера", "C"), ("Соколова Bера", "B"), ("Соколовa Вера", "a")])
def test_b9_a_latin_letter_among_russian_ones_is_named(typed: str, letter: str) -> None:
    refusal = read_full_name(typed)
    assert isinstance(refusal, Refusal)
    assert (refusal.key, refusal.values["letter"]) == ("name.latin_letter", letter)


@pytest.mark.parametrize("typed", ["https://evil.ru", "Соколова vk.com/id1", "evil.ru Вера", "vera@mail.ru Вера"])
def test_b8_a_link_is_no_name(typed: str) -> None:
    assert read_full_name(typed) == Refusal("name.link")


def test_b7_a_word_shown_back_pings_nobody() -> None:
    assert read_full_name("[id1|Админ] Вера") == Refusal("name.digits", {"word": "[\u2060id1|Админ]"})


def test_b2_a_part_and_the_whole_have_limits() -> None:
    refusal = read_full_name("А" * 41 + " Вера")
    assert isinstance(refusal, Refusal)
    assert (refusal.key, refusal.values["limit"], refusal.values["length"]) == ("name.part_too_long", 40, 41)
    assert isinstance(read_full_name("А" * 40 + " Вера"), FullName)
    assert read_full_name("вера " * 21) == Refusal("text.too_long", {"limit": 100, "length": 104})


def test_b4_an_override_of_the_direction_does_not_reach_the_diploma() -> None:
    assert read_full_name("\u202eСоколова Вера") == FullName("Соколова", "Вера")


def test_b9_one_person_typed_twice_has_one_key() -> None:
    one, other = FullName("Соколова", "Алёна", "Ильинична"), read_full_name("СОКОЛОВА  алена")
    assert isinstance(other, FullName)
    assert one.key == other.key != FullName("Соколова", "Анна").key
    assert one.short == "Соколова А. И."


@given(st.text(max_size=120))
def test_any_text_is_a_name_or_a_refusal_and_a_name_reads_as_itself(text: str) -> None:
    name = read_full_name(text)
    if isinstance(name, FullName):
        assert read_full_name(name.formal) == name
