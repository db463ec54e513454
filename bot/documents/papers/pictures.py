"""Pictures of a design: taken by what is in them, drawn anew, without anything that a camera wrote into them."""

from __future__ import annotations

import io
import warnings
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

Use = Literal["background", "logo", "signature"]

FILE_BYTES = 10 * 1024 * 1024
#: 40 megapixels: more in a small file is a bomb (OWASP ASVS 5.2.6).
PIXELS_MOST = 40_000_000
#: So many pixels of the longer side are enough for print, and keep 1,400 papers small.
_SIDE_MOST = {"background": 2480, "logo": 900, "signature": 900}
#: A background less than that would be seen as squares.
_BACKGROUND_LEAST = 1000
_FORMATS = ("PNG", "JPEG")
_JPEG = b"\xff\xd8"
_QUALITY = 85


class PictureError(ValueError):
    """The picture can't be used; the message says in Russian why and what is expected."""


def tidied(data: bytes, use: Use) -> bytes:
    """The picture as it is kept: PNG or JPEG of a sensible size, upright, nothing but pixels. Raises PictureError."""
    if len(data) > FILE_BYTES:
        raise PictureError("Картинка больше 10 МБ. Уменьшите её и пришлите снова.")
    image = _opened(data)
    if use == "background" and max(image.size) < _BACKGROUND_LEAST:
        raise PictureError(
            f"Фон слишком мелкий: {image.width}×{image.height}. Нужно не меньше {_BACKGROUND_LEAST} точек "
            "по длинной стороне, лучше 2480×1754."
        )
    image.thumbnail((_SIDE_MOST[use], _SIDE_MOST[use]))
    return _written(image)


def name_of(what: str, data: bytes | None) -> str:
    """The picture's file name beside the template; empty if there is none."""
    if data is None:
        return ""
    return f"{what}.jpg" if data.startswith(_JPEG) else f"{what}.png"


def shape_of(data: bytes) -> tuple[int, int]:
    """Width and height of a tidied picture."""
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        return image.size


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
                if found.width * found.height > PIXELS_MOST:
                    raise PictureError(f"Картинка {found.width}×{found.height} слишком большая: до 40 мегапикселей.")
                if getattr(found, "n_frames", 1) > 1:
                    raise PictureError("Картинка движется. Нужна обычная: PNG или JPG.")
                return ImageOps.exif_transpose(found).copy()
    except PictureError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise PictureError("Картинка слишком большая: до 40 мегапикселей.") from error
    except UnidentifiedImageError as error:
        raise PictureError("Это не PNG и не JPG. Сохраните картинку в одном из этих форматов.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError("Картинка повреждена или передана не целиком. Пришлите её ещё раз.") from error


def _written(image: Image.Image) -> bytes:
    """Pixels alone: a new picture has no EXIF, no profile, no text."""
    seen = image.has_transparency_data
    plain = image.convert("RGBA" if seen else "RGB")
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    if seen:
        bare.save(out, "PNG", optimize=True)
    else:
        bare.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
