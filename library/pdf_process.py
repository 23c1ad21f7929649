"""Opens one PDF in a process of its own: `python -m library.pdf_process PATH`.

A file from outside may be broken in ways that end the process or eat memory; here it ends only
itself. What is known is written line by line as JSON, so that what was found before the end stays:
{"locked": true} or {"damaged": true}; {"pages": 12}; {"text": "…"}; {"cover": base64 JPEG,
"width": …, "height": …} or {"large": true}. With `--closed` neither text nor cover is read.
"""

import base64
import io
import json
import resource
import sys

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_ERR_PASSWORD

MEMORY = 1024 * 1024 * 1024
SECONDS = 60
MOST_TEXT = 200_000
# Pages read for their text at most, and a page side in points: 200 inches, the limit of PDF 1.6.
MOST_PAGES = 1000
LONGEST_SIDE = 14_400
COVER_WIDTH = 960
STEEPEST = 4


def main(path: str, *, is_closed: bool) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        document = pdfium.PdfDocument(path)
        pages = len(document)
    except pdfium.PdfiumError as error:
        say(**{"locked" if is_password(error) else "damaged": True})
        return
    if not pages:
        say(damaged=True)
        return
    say(pages=pages)
    if is_closed:
        return
    say(text=text_of(document))
    say(**cover_of(document[0]))


def say(**found) -> None:
    print(json.dumps(found), flush=True)


def is_password(error: pdfium.PdfiumError) -> bool:
    return getattr(error, "err_code", None) == FPDF_ERR_PASSWORD


def text_of(document: pdfium.PdfDocument) -> str:
    """The text of the pages until there is enough of it; pages that do not open are passed."""
    parts, length = [], 0
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            part = page.get_textpage().get_text_bounded(errors="ignore")
            page.close()
        except pdfium.PdfiumError:
            continue
        parts.append(part)
        length += len(part)
        if length >= MOST_TEXT:
            break
    return "\n".join(parts)[:MOST_TEXT]


def cover_of(page: pdfium.PdfPage) -> dict:
    """The first page as a picture; not of pages so long or steep that it would be huge."""
    width, height = page.get_size()
    is_sane = 0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE
    if not is_sane or height / width > STEEPEST or width / height > STEEPEST:
        return {"large": True}
    image = page.render(scale=COVER_WIDTH / width).to_pil().convert("RGB")
    made = io.BytesIO()
    image.save(made, "JPEG", quality=85)
    return {
        "cover": base64.b64encode(made.getvalue()).decode(),
        "width": image.width,
        "height": image.height,
    }


if __name__ == "__main__":
    main(sys.argv[1], is_closed="--closed" in sys.argv[2:])
