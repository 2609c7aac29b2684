"""What may be kept of the name of a file: files are often named after children.

Public: `shown_name(file_name) -> str`.
"""

import re
from typing import Final

from app.samples.table import clean

HIDDEN: Final = "…"
LONGEST: Final = 80
LONGEST_NAME: Final = 255  # characters: no file system holds a longer one
ENDING: Final = re.compile(r"\.(csv|txt|xlsx)$", re.IGNORECASE)
PART: Final = re.compile(r"[^\W\d_]+|\d+|[\W_]+")
HIDDEN_RUN: Final = re.compile(rf"[\W_]*{HIDDEN}[{HIDDEN}\W_]*")
YEAR: Final = re.compile(r"20[0-9]{2}")

# April, May, June and August are also given names, and so are not among the words kept.
KEPT: Final = frozenset(
    """
    all and anonymous anonymised audit autumn by case children childrens contact contacts copy
    csv data decisions door draft early export extract february final for frame from front help
    hub iarf january july list lists march mash multi agency no november october of outcome
    outcomes pseudonymised pseudonymous q quarter re referral referrals rereferral rereferrals
    report round safeguarding sample sampling section september december services social
    spring summer system the to version v week winter without year
    """.split()
)


def shown_name(file_name: str) -> str:
    """Keep the words of a file's name that say what kind of list it is, and the years.

    Whatever else it says could be a child's name or number, so it is hidden; the folders before it
    and what cannot be seen are taken away.

    >>> shown_name("MASH referrals 2025.xlsx"), shown_name("T Marlowe referrals 12-03-2014.csv")
    ('MASH referrals 2025.xlsx', '…referrals…2014.csv')
    >>> shown_name("../../etc/passwd"), shown_name("Tansy.XLSX")
    ('list', 'list.xlsx')
    """
    last = clean(file_name).replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:]
    found = ENDING.search(last)
    ending = found[0].lower() if found else ""
    masked = "".join(_part(part) for part in PART.findall(last[: len(last) - len(ending)]))
    shown = HIDDEN_RUN.sub(HIDDEN, masked).strip(" -_.")
    return f"{shown[:LONGEST]}{ending}" if shown.strip(HIDDEN) else f"list{ending}"


def _part(part: str) -> str:
    if part.isdigit():
        return part if YEAR.fullmatch(part) else HIDDEN
    if part.isalpha():
        return part if part.casefold() in KEPT else HIDDEN
    return "".join(sign if sign in " -_.()&," else HIDDEN for sign in part)
