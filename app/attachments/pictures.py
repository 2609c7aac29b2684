"""Pictures: drawn anew, without where and when they were taken."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from app.attachments.problems import FileProblem, not_what_it_says

MOST_PIXELS = 40_000_000
"""Four times what a telephone's picture has."""

_FORMATS = {"png": "PNG", "jpg": "JPEG"}
_MODES = {"png": {"1", "L", "LA", "P", "RGB", "RGBA"}, "jpg": {"L", "RGB"}}


def drawn_anew(data: bytes, ending: str) -> bytes:
    """Return a picture's pixels alone, as a new file of the same kind."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[ending]]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FileProblem(_TOO_LARGE)
            picture = ImageOps.exif_transpose(opened)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise FileProblem(_TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise not_what_it_says(ending) from None
    if picture.mode not in _MODES[ending]:
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        bare.putpalette(picture.getpalette("RGB") or [])
    bare.paste(picture)
    drawn = io.BytesIO()
    bare.save(drawn, _FORMATS[ending], **({"quality": 90} if ending == "jpg" else {}))
    return drawn.getvalue()


_TOO_LARGE = (
    "This picture is too large. Make it smaller (4,000 pixels wide is plenty) and try again."
)
