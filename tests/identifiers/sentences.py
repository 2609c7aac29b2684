"""Seeded sentences for measuring the detector: 2,000 with an identifier, 2,000 without.

Written apart from the detector's patterns, and nothing of it is imported here. Everything is
invented: NHS numbers come only from the 999 range that is never given to anybody, phone numbers
from the ranges kept for drama, e-mail addresses from `.example`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

TODAY = date(2026, 11, 27)
MANY = 2000

# ---- identifiers, each written as people write it

SPACES = (" ", " ", "", "  ", "-", ".", "\n", "\N{NO-BREAK SPACE}")


def _nhs(chance: Random) -> str:
    while True:
        nine = f"999{chance.randrange(10**6):06d}"
        weighed = sum(int(digit) * (10 - place) for place, digit in enumerate(nine))
        check = (11 - weighed % 11) % 11
        if check < 10:
            break
    number, gap = f"{nine}{check}", chance.choice(SPACES)
    written = gap.join((number[:3], number[3:6], number[6:]))
    return chance.choice(("{}", "NHS no {}", "NHS number: {}", "NHS No.{}", "nhs {}")).format(
        written
    )


def _upn(chance: Random) -> str:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    body = f"{chance.choice(('850', '921', '909', '306', '881'))}{chance.randrange(10**9):09d}"
    # The last place of a temporary number is a letter.
    if chance.random() < 0.15:
        last = chance.choice(letters)
        total = sum(int(d) * (place + 2) for place, d in enumerate(body[:11]))
        total += letters.index(last) * 13
        number = f"{letters[total % 23]}{body[:11]}{last}"
    else:
        total = sum(int(d) * (place + 2) for place, d in enumerate(body))
        number = f"{letters[total % 23]}{body}"
    number = number if chance.random() < 0.7 else number.lower()
    return chance.choice(("{}", "UPN {}", "UPN: {}", "(UPN {})")).format(number)


MONTHS = (
    "January February March April May June July August September October November December"
).split()


def _day(chance: Random, born: date) -> str:
    month = MONTHS[born.month - 1]
    end = (
        {1: "st", 2: "nd", 3: "rd"}.get(born.day % 10, "th")
        if born.day not in {11, 12, 13}
        else "th"
    )
    return chance.choice(
        (
            f"{born:%d/%m/%Y}",
            f"{born.day}/{born.month}/{born:%y}",
            f"{born:%d.%m.%Y}",
            f"{born:%d-%m-%Y}",
            f"{born:%Y-%m-%d}",
            f"{born.day} {month} {born.year}",
            f"{born.day}{end} {month} {born.year}",
            f"{born.day}{end} of {month} {born.year}",
            f"{born.day} {month[:3]} {born.year}",
            f"{born.day}-{month[:3]}-{born:%y}",
            f"{month} {born.day}, {born.year}",
            f"{born.day}\n{month} {born.year}",
        )
    )


def _birth(chance: Random) -> str:
    born = TODAY - timedelta(days=chance.randrange(20, 6500))
    said = _day(chance, born)
    if born < TODAY - timedelta(days=1500) and chance.random() < 0.25:
        return chance.choice(
            ("child ({})", "the older sibling, {},", "{} and so in year 6")
        ).format(f"{born:%d/%m/%Y}")
    return chance.choice(
        (
            "born {}",
            "born on {}",
            "born on the {}",
            "DOB {}",
            "dob: {}",
            "D.O.B. {}",
            "d.o.b {}",
            "DOB\n{}",
            "date of birth {}",
            "date of birth is {}",
            "Date of Birth: {}",
            "date of birth recorded as {}",
            "birthday is {}",
            "birthday {}",
            "{} (DOB)",
            "birth date {}",
        )
    ).format(said)


def _postcode(chance: Random) -> str:
    area = chance.choice("SO PO B M RG BH GU LS NE CF L S BN OX".split())
    district = chance.choice(("99", "98", "9", "90"))
    outward = chance.choice((f"{area}{district}", f"{area}{district}", "EC9A", "SW9W", "W9A"))
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{chance.randrange(10)}{chance.choice(letters)}{chance.choice(letters)}"
    gap = chance.choice((" ", " ", " ", "", "  ", "\n", "\N{NO-BREAK SPACE}"))
    written = f"{outward}{gap}{inward}"
    return written if chance.random() < 0.7 else written.lower()


def _phone(chance: Random) -> str:
    last = f"{chance.randrange(1000):03d}"
    start, middle = chance.choice(
        (
            ("07700", "900"),
            ("07700", "900"),
            ("01632", "960"),
            ("0113 496", "0"),
            ("020 7946", "0"),
            ("0808 157", "0"),
            ("03069", "990"),
        )
    )
    gap = chance.choice((" ", "", "-", " ", "\n", ".", "\N{NO-BREAK SPACE}"))
    if gap == "":
        start = start.replace(" ", "")
    if start.startswith(("07", "01632")) and chance.random() < 0.4:
        abroad = chance.choice(("+44 {}", "+44{}", "0044 {}", "+44 (0){}", "+44 (0) {}"))
        return abroad.format(f"{start[1:]}{gap}{middle}{chance.choice(('', ' '))}{last}")
    if start == "01632" and chance.random() < 0.4:
        return f"({start}) {middle}{last}"
    words = chance.choice(("{}", "tel {}", "tel: {}", "mobile {}", "on {}", "Tel.{}"))
    return words.format(f"{start}{gap}{middle}{last}")


def _email(chance: Random) -> str:
    who = chance.choice(
        ("parent", "k.fenwick", "tansy_marlowe", "mum+two", "duty.desk", "o'brien", "a1")
    )
    where = chance.choice(
        ("family.example", "mail.agency.example", "x-y.example", "SCHOOL.EXAMPLE")
    )
    return chance.choice(("{}", "<{}>", "mailto:{}", "e-mail {}", "({})")).format(f"{who}@{where}")


STREETS = (
    "Invented", "Heron", "Made Up", "Larkhill", "St Piran's", "Old Quay", "Upper Mill",
    "Kingfisher", "Alder Vale", "Nine Elms", "Harbour", "The Spinney", "Queen Tansy",
)  # fmt: skip
ENDS = (
    "Road", "Street", "Lane", "Close", "Avenue", "Drive", "Way", "Crescent", "Court", "Gardens",
    "Rd", "St", "Ave", "Grove", "Place", "Terrace", "Rd.",
)  # fmt: skip


def _address(chance: Random) -> str:
    house = chance.choice(("12", "7a", "140", "3", "22B", "9"))
    before = chance.choice(("", "", "", "Flat 3, ", "Flat 2b ", "Apartment 14, "))
    gap = chance.choice((" ", " ", ", ", "\n", "  "))
    written = f"{before}{house}{gap}{chance.choice(STREETS)} {chance.choice(ENDS)}"
    place = chance.choice(("", "", ", Wexcombe", ", Harrowmere"))
    said = f"{written}{place}"
    if chance.random() < 0.25:
        # Small letters are an address after a word that says so.
        words = chance.choice(("lives at {}", "address is {}", "living at {}", "address: {}"))
        return words.format(said.lower())
    words = chance.choice(("{}", "lives at {}", "address {}", "home ({})", "moved to {}"))
    return words.format(said)


def _insurance(chance: Random) -> str:
    letters = "ABCEGHJKLMNPRSTWXYZ"
    first = chance.choice(letters)
    second = chance.choice("ABCEGHJKLMNPRSTWXYZ")
    while first + second in {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}:
        second = chance.choice("ABCEGHJKLMNPRSTWXYZ")
    digits = f"{chance.randrange(10**6):06d}"
    gap = chance.choice((" ", "", " ", "\n", "-"))
    written = gap.join((first + second, digits[:2], digits[2:4], digits[4:], chance.choice("ABCD")))
    if gap == "" and chance.random() < 0.3:
        written = written.lower()
    return chance.choice(("{}", "NI number {}", "NINO: {}", "N.I. {}")).format(written)


KINDS: dict[str, Callable[[Random], str]] = {
    "nhs": _nhs,
    "upn": _upn,
    "birth": _birth,
    "postcode": _postcode,
    "phone": _phone,
    "email": _email,
    "address": _address,
    "insurance": _insurance,
}

AROUND = (
    "{}",
    "{}.",
    "The form gives {} and nothing more.",
    "The referrer wrote {}, which was not checked.",
    "See the file ({}) for the letter.",
    "Recorded twice: {}; the second time by another worker.",
    "It says “{}” on the first page.",
    "Seen on 3 March 2026 and the record has {}.",
    "{} is on the front sheet.",
    "Good record\n{}\nNo reason is given",
    "Section 47 began on 12/02/2026. {} was noted.",
    "- {}\n- consent not sought",
    "Not recorded on our file, but {}/see chronology",
    "mum said {} and the worker wrote it down",
    "Checked:{}",
    "1. {} 2. The plan was shared",
    "Did the worker use {}? Yes.",
    "The three calls (2, 5 and 9 May 2026) were about {}!",
)


def with_identifiers() -> list[tuple[str, str]]:
    """Sentences that hold one identifier each, with its kind, in turn."""
    chance = Random("identifiers")
    names = list(KINDS)
    found = []
    for number in range(MANY):
        kind = names[number % len(names)]
        found.append((kind, chance.choice(AROUND).format(KINDS[kind](chance))))
    return found


# ---- ordinary audit language

ORDINARY = (
    "The referral of {day} was screened within {few} hours.",
    "Decision made {day} at {time}, {few} working days after contact.",
    "{few} of {many} visits were late, the last on {day}.",
    "Reference {ref} is recorded on both systems.",
    "See {ref}, page {many}, for the chronology.",
    "Section 47 enquiries began on {day}; strategy discussion at {time}.",
    "The child was aged {few} when the referral came in.",
    "A child of {few} years and {few} months was seen alone.",
    "Cost of placement £{many},250.50 a week.",
    "{many}% of records had a plan by {day}.",
    "Threshold level {few}; stage {few} of the framework.",
    "The assessment took {many} days against a target of 45.",
    "Form {ref} version {few}.{few} was used.",
    "S47 {few}rd strategy meeting was held on {day}.",
    "S17 2nd visit was made at {time}.",
    "The previous episode closed on {old}.",
    "Known to the team since {old} because of neglect.",
    "First referral dated {old}, this one {day}.",
    "Working Together {year}, chapter {few}, paragraph {many}.",
    "The Children Act 1989, section {many}, is cited.",
    "Q{few} {year}: {many} contacts, {few} referrals.",
    "The meeting at {time} lasted {many} minutes.",
    "The school is a {many} minute drive away.",
    "It took {few} weeks to close the loop with the referrer.",
    "There were {few} calls in the street outside the house.",
    "The worker spent {many} minutes on the way to the visit.",
    "At court on {day} the order was made for {few} months.",
    "Of {many} cases {few} went to Family Court.",
    "Unborn baby, expected {few} weeks after {day}.",
    "Baby was born at {many} weeks and went home on day {few}.",
    "Newborn checks were done on {day}.",
    "Contact {ref}: outcome {few}, reason {few}.",
    "LCS number {number} was not on the form.",
    "Crime reference {number} and log {few} of {day}.",
    "R-7F3K was compared with R-{few}K2M.",
    "Lines {few} to {many} of the chronology repeat each other.",
    "Score {few}/{many} on the screening tool.",
    "Last seen {day} (week {many}).",
    "Grade {few} in the first audit, grade {few} now.",
    "{few} siblings; ages {few}, {few} and {many}.",
    "Ring back was promised by {time} on {day} and did not happen.",
    "Extension {many}00 was tried twice.",
    "NICE guideline NG76 and the protocol of {old} were followed.",
    "The policy was last updated {old}.",
    "Minutes sent {few} days late, on {day}.",
    "In {month} the team had {few} vacancies.",
    "Consent was sought in {few} of {few} contacts.",
    "KPI {few}.{few}: {many}%, RAG amber.",
    "Between {day} and {day} nobody visited.",
    "The plan of {day} has {few} actions, {few} of them overdue.",
    "Twitter handle @school was quoted; the post was of {day}.",
    "Outcome A{few}, code {many}B, team {few}.",
    "Question {few}.{few}: not recorded on our file.",
    "Over {few} years the same worry comes back.",
    "Our record has {few} entries for {month} and {few} for the month after.",
    "Ward {few}, bed {many}, discharge on {day}.",
    "The red book shows weights on {day} and {day}.",
    "{few} new court applications are under way.",
    "At 10 Family Court cases are waiting.",
    "Room {few} is at the end of the drive.",
)


def _ordinary_day(chance: Random, oldest: int = 700) -> str:
    return _day(chance, TODAY - timedelta(days=chance.randrange(oldest)))


def _ref(chance: Random) -> str:
    return chance.choice(
        (
            f"MASH/{chance.choice((2025, 2026))}/{chance.randrange(10000):04d}",
            f"HM-{chance.randrange(10**6):06d}",
            f"CRN{chance.randrange(10**7)}",
            f"WX{chance.randrange(10**5)}A",
            f"EHM-{chance.randrange(10**4)}-{chance.randrange(100)}",
            f"R{chance.randrange(10**5)}",
            f"44{chance.randrange(10**9):09d}/26",
        )
    )


def ordinary() -> list[str]:
    """Sentences of ordinary audit language: dates, numbers and references, and no identifier."""
    chance = Random("ordinary")
    found = []
    for number in range(MANY):
        sentence = ORDINARY[number % len(ORDINARY)]
        fillers: dict[str, Callable[[], str]] = {
            "{day}": lambda: _ordinary_day(chance),
            "{old}": lambda: (
                f"{chance.choice(MONTHS)} {chance.randrange(2012, 2025)}"
                if chance.random() < 0.5
                else _day(chance, TODAY - timedelta(days=chance.randrange(1200, 5000)))
            ),
            "{few}": lambda: str(chance.randrange(2, 10)),
            "{many}": lambda: str(chance.randrange(11, 99)),
            "{time}": lambda: f"{chance.randrange(8, 18)}:{chance.choice(('00', '15', '30'))}",
            "{ref}": lambda: _ref(chance),
            "{year}": lambda: str(chance.randrange(2018, 2027)),
            "{month}": lambda: chance.choice(MONTHS),
            "{number}": lambda: str(chance.randrange(10**5, 10 ** chance.choice((6, 7, 8)))),
        }
        for gap, made in fillers.items():
            while gap in sentence:
                sentence = sentence.replace(gap, made(), 1)
        if chance.random() < 0.2:
            sentence = sentence.replace(" ", "\n", 1)
        found.append(sentence)
    return found
