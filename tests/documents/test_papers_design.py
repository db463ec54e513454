"""An organizer's design is tried before it is used: refused with line and reason, or taken."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from bot.documents.papers.designs import BUILT_IN, Design, Signature, check_design, unsettable
from bot.documents.papers.drawing import draw
from bot.documents.papers.extremes import CHECK_URL, NUMBER, USUAL
from bot.documents.papers.fields import is_landscape
from bot.documents.papers.pictures import PictureError, shape_of, tidied
from tests.documents.pdf_text import words

NO_PICTURE = "Это не PNG и не JPG. Сохраните картинку в одном из этих форматов."
SAMPLE_NAMES = ("обычное имя", "самое длинное имя", "имя без отчества", "казахские буквы", "тувинские буквы")
FIT = "#fit(paper.name, (30pt, 24pt, 18pt, 12pt))"
LIBRARY = '#import "paper.typ": *\n'
GOOD = (
    LIBRARY
    + """#set page(width: 210mm, height: 297mm, margin: 25mm, background: frame())
#set text(font: "Libertinus Serif", lang: "ru")
#set align(center)
#fit(paper.name, (30pt, 24pt, 18pt, 12pt))
#balanced(paper.school, size: 10pt)
#columns(2, for group in paper.groups { for one in group.people { text(8pt, soft(one)); linebreak() } })
№ #paper.number
#qr(25mm)
"""
)


def picture(width: int = 1600, height: int = 1131, form: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, form, **more)
    return out.getvalue()


def test_the_built_in_design_is_taken() -> None:
    assert check_design(BUILT_IN) == []


def test_pictures_and_words_of_an_organizer_are_taken() -> None:
    signed = Signature("Директор", "Орлова Н. П.", tidied(picture(400, 150), "signature"))
    design = Design(
        background=tidied(picture(), "background"),
        logo=tidied(picture(300, 300), "logo"),
        signatures=(signed, Signature("Председатель жюри", "Белов О. И.")),
        heading="Школа талантов",
        lead="вручается",
    )
    assert is_landscape(design, USUAL.kind)
    assert check_design(design) == []
    told = words(draw(USUAL, design, number=NUMBER, check_url=CHECK_URL))
    assert "ОрловаН.П." in told
    assert "БеловО.И." in told


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        ("#let x = (", ["Строка 1: не закрыта скобка."]),
        ("текст\n\n#foo", ["Строка 3: неизвестное слово «foo»."]),
        (LIBRARY + "#paper.nmae", ["Строка 2: нет поля «nmae»."]),
        ("#while true {}", ["Строка 1: цикл никогда не кончается."]),
        ("#let f(n) = f(n + 1)\n#f(1)", ["Строка 1: вызовы уходят слишком глубоко."]),
        (
            "#let x = range(100000000).map(i => str(i) * 1000)",
            ["Шаблон работает слишком долго или занимает слишком много памяти."],
        ),
        ("а" * 100_001, ["Шаблон слишком длинный: 100001 знаков, можно до 100000."]),
        (
            GOOD.replace("#paper.number", "").replace("#qr(25mm)", "").replace("paper.groups", "()").replace(FIT, ""),
            [
                "Не показано имя: поставьте paper.name.",
                "Не показан номер документа: поставьте paper.number.",
                "Не показан QR-код: поставьте qr(25mm).",
                "В благодарственном письме не показан список учеников: paper.groups.",
            ],
        ),
        (
            GOOD.replace(FIT, "#box(width: 9cm, height: 9mm, clip: true, text(20pt, paper.name))"),
            ["Самое длинное имя видно не целиком: используйте fit(paper.name, …) или уменьшите буквы."],
        ),
        (
            GOOD.replace("№ ", "#pagebreak() № "),
            [
                f"Образец «{what}» занял 2 стр., а должен помещаться на одну страницу."
                for what in SAMPLE_NAMES
            ],
        ),
    ],
)  # fmt: skip
def test_a_broken_template_is_refused_with_line_and_reason(source: str, problems: list[str]) -> None:
    assert check_design(Design(source=source)) == problems


FOREIGN = "Строка 1: подключить можно только paper.typ и frame.typ."
NO_READING = "Строка 1: читать файлы и подключать программы нельзя."
NO_FILE = "Строка 2: нет такого файла: шаблону доступны только paper.typ, frame.typ и картинки оформления."
NOT_OURS = "Строка 2: этот файл шаблону недоступен."
NO_PACKAGES = "Строка 2: пакеты из сети недоступны, используйте только paper.typ и frame.typ."


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('#read("/etc/passwd")', NO_READING),
        ('#plugin("x.wasm")', NO_READING),
        ('#import "@preview/cetz:0.3.0": *', FOREIGN),
        ('#include "/etc/passwd"', FOREIGN),
        ('#let f = dictionary(std).at("re" + "ad")\n#f("/etc/passwd")', NO_FILE),
        ('#let f = dictionary(std).at("re" + "ad")\n#f("../../../../etc/passwd")', NOT_OURS),
        (
            '#let f = dictionary(std).at("ev" + "al")\n#f("im" + "port \\"@pre" + "view/x:0.3.0\\": *", mode: "code")',
            NO_PACKAGES,
        ),
        ("#datetime.today().display()", "Строка 1: дату печати ставить нельзя: у документа есть paper.place."),
    ],
)  # fmt: skip
def test_a_template_reaches_no_file_no_package_and_no_network(source: str, problem: str) -> None:
    assert check_design(Design(source=source)) == [problem]


def _png(width: int, height: int) -> bytes:
    """A flood of pixels in a few bytes: the head alone says how many."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_png(30_000, 30_000), "Картинка слишком большая: до 40 мегапикселей."),
        (_png(8_000, 6_000), "Картинка 8000×6000 слишком большая: до 40 мегапикселей."),
        (picture(form="JPEG")[:5000], "Картинка повреждена или передана не целиком. Пришлите её ещё раз."),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', NO_PICTURE),
        (picture(form="GIF"), NO_PICTURE),
        (b"\0\0\0\x18ftypheic" + b"\0" * 100, NO_PICTURE),
        (b"", NO_PICTURE),
        (b"\x89PNG" + b"\0" * (10 * 1024 * 1024), "Картинка больше 10 МБ. Уменьшите её и пришлите снова."),
        (
            picture(form="PNG", save_all=True, append_images=[Image.new("RGB", (1600, 1131))]),
            "Картинка движется. Нужна обычная: PNG или JPG.",
        ),
        (
            picture(200, 100),
            "Фон слишком мелкий: 200×100. Нужно не меньше 1000 точек по длинной стороне, лучше 2480×1754.",
        ),
    ],
)  # fmt: skip
def test_b32_a_picture_that_is_none_is_refused_and_a_good_one_is_taken_after_it(data: bytes, why: str) -> None:
    with pytest.raises(PictureError) as refused:
        tidied(data, "background")
    assert str(refused.value) == why
    assert shape_of(tidied(picture(), "background")) == (1600, 1131)


def test_b32_what_a_camera_writes_into_a_picture_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of somebody", 6
    kept = tidied(picture(1600, 1200, "JPEG", exif=exif) + b"<script>polyglot</script>", "background")
    assert b"Camera" not in kept
    assert b"script" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert not image.getexif()
        assert image.size == (1200, 1600)


def test_a_big_picture_is_made_smaller_and_a_transparent_one_stays_so() -> None:
    assert max(shape_of(tidied(picture(3000, 2121, "JPEG"), "background"))) == 2480
    out = io.BytesIO()
    Image.new("RGBA", (300, 100), (0, 0, 0, 0)).save(out, "PNG")
    assert tidied(out.getvalue(), "signature").startswith(b"\x89PNG")


def test_letters_that_no_font_has_are_named() -> None:
    texts = [
        "Құдайбергенова Әйгерім",
        "Ондар Чөдүраа Аң-ооловна",
        "Соколова Вера",
        "Ли 李娜",
        "Аня 😀",
        "Айдын Ұлбосын Һә",
    ]
    assert unsettable(texts) == {"Ли 李娜": "李娜", "Аня 😀": "😀"}
    assert unsettable([]) == {}
