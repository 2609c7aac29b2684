"""What a file is by its first bytes, whatever its name says.

Public: `refuse_unless_list(data, ending)`, raising `ListProblem`.
"""

from typing import Final

from app.samples.lists import ListProblem

OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
KNOWN: Final = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF document",
    b"{\\rtf": "a text document",
    b"7z\xbc\xaf": "a compressed archive",
    b"Rar!": "a compressed archive",
    b"\x1f\x8b": "a compressed archive",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}
CHOOSE: Final = "Choose a list saved as .xlsx or CSV."


def refuse_unless_list(data: bytes, ending: str) -> None:
    """Refuse a file whose first bytes do not agree with its ending, and say what it is."""
    for start, what in KNOWN.items():
        # "MZ" alone could begin a heading; no list holds a zero byte, except in UTF-16.
        if data.startswith(start) and (start != b"MZ" or b"\0" in data):
            raise ListProblem(f"This file is {what}, whatever its name says. {CHOOSE}")
    if data.startswith(OLD_OFFICE):
        raise ListProblem(_old(data))
    zipped = data.startswith(ZIP)
    if ending == ".xlsx" and not zipped:
        raise ListProblem(_not_a_workbook(data))
    if ending != ".xlsx" and zipped:
        raise ListProblem(
            "This file is a workbook or an archive, not CSV. If it is a workbook, open it, save it "
            "as .xlsx, and choose that file."
        )


def _old(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "This workbook is protected with a password. Open it, take the password off, save it "
            "as .xlsx, and choose that file."
        )
    return (
        "This file is in an old format of Excel or Word (.xls or .doc). Open it, save it as .xlsx, "
        "and choose that file."
    )


def _not_a_workbook(data: bytes) -> str:
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return (
            "This file is a web page or XML named as a workbook: some case systems export such "
            "files. "
            "Open it in your spreadsheet program, save it as .xlsx, and choose that file."
        )
    return (
        "This file is not a workbook, although its name ends in .xlsx. If it is a list separated "
        "by "
        "commas, let its name end in .csv; otherwise save it again as .xlsx."
    )
