"""Whether a text looks like a person's name: shape first, then short word lists of our own.

A list of every name is impossible and would be unkind to the unusual ones; so shape decides
(capitalised words; SURNAME, First), words of agencies, places and decisions speak against it, and
common first names speak for it, even in the middle of other words ("closed by ...").

Public: `likeness(text) -> Likeness`, and `letters_of(text)`, the words by which names vary.
"""

import re
from enum import IntEnum
from itertools import pairwise
from typing import Final


class Likeness(IntEnum):
    """How much a text looks like a person's name."""

    NONE = 0
    WORD = 1  # one capitalised word that nothing speaks against
    WORDS = 2  # two or more of them
    FIRST_NAME = 3  # one word, and it is a common first name
    NAME = 4


FIRST_NAMES: Final = frozenset(
    """
    aaliyah aaron abdul abdullah abigail adam adrian ahmed aidan aisha alan albert alex
    alexander alfie ali alice alicia alison amanda amelia amina amir amy ana andrea andrew
    angela anita ann anna anne anthony anya archie arthur arun ashley asif ava barbara
    beatrice ben benjamin bethany blessing brian bridget callum cameron caroline catherine
    charles charlie charlotte chloe chris christine christopher claire colin connor courtney
    craig daisy dan daniel daniela danielle darren david dawn dean deborah deepa denise
    diana dominic donna dylan edith edward eleanor elena elijah elizabeth ella ellie emily
    emma eric erin ethan eva eve evelyn evie fatima fiona florence frances frank freddie
    freya gareth gary gavin gemma geoffrey george georgia gillian grace graham grzegorz
    hamza hannah harriet harrison harry hassan hayley heather helen henry holly hussain ian
    ibrahim imogen imran isaac isabel isabella isla ivy jack jacob jade jake james jamie jan
    jane janet jasmine jason jayden jean jennifer jeremy jessica jill joan joanna joanne joe
    joel john jonathan jordan joseph josh joshua joyce judith julia julian julie kai karen
    kate katherine kathleen katie kayleigh keith kelly kenneth kerry kevin khadija kieran
    kim kirsty krzysztof kyle laura lauren leah leanne lee leo leon lesley lewis liam lily
    linda lindsay lisa logan louis louise lucas lucy luke lydia mabel maisie malik marcus
    margaret maria mariam marie marion mark martha martin mary maryam mason matilda matthew
    max maya megan mia michael michelle mila millie miriam mohamed mohammad mohammed molly
    muhammad mustafa naomi natalie natasha nathan neil niamh nicholas nicola nigel noah noor
    oliver olivia omar oscar owen pamela patricia patrick paul paula pauline peter philip
    phoebe piotr poppy priya rachel ralph ravi raymond rebecca reece reuben rhys richard
    riley robert robin roger ronald rory rosie ross roy ruby russell ruth ryan saad sally
    sam samantha samira samuel sandra sara sarah scarlett scott sean sebastian shane shannon
    sharon sheila shirley sian simon sofia sophia sophie stacey stanley stephanie stephen
    steven stuart susan suzanne tanya teresa terry thea theo theodore thomas tim timothy
    tina toby tom tomasz tony tracey trevor tyler valerie vanessa victoria vincent violet
    wendy william willow yasmin yusuf zachary zahra zainab zara zoe
    """.split()
)

# Words that make capitals the name of an agency or a place, whoever it is called after.
AGENCIES: Final = frozenset(
    """
    academy agency ambulance association authority borough bureau cathedral centre charity
    church city clinic college constabulary council county court department diocese
    directorate district federation foundation garage gardens government group health
    healthcare home homes hospice hospital hostel house hub infant infants institute junior
    library lodge manor mash medical ministries mosque nursery office organisation park
    partners partnership pharmacy place police practice preschool primary prison provider
    refuge road school schools secondary service services social society street surgery
    synagogue team teams temple trust university villa village ward youth
    """.split()
)

# Words of decisions, roles and lists: with one of these, capitals alone do not make a name.
OTHERS: Final = frozenset(
    """
    a a&e abuse acute adult adults advice advocacy all allocated amber and anonymous another
    application april area asian assessment assist at august black board boy british by
    camhs care carer caring central child childcare childminder children children's
    childrens chinese christian cin civil class closed committee communities community
    complete completed concern concerns consent contact contacts cp criminal crown day
    december decision direct disability domestic duty early east eastern education eh
    emergency emotional english enquiries enquiry escalated exploitation family february
    female fire first follow for form foster friday from front further general girl gp green
    guidance harm harmful help helpline high hill hindu hv in independent information
    initial inspectorate intervention investigation irish island isle january jewish july
    june justice known lead learning legal level line local looked lower magistrates male
    management march maternity may mental midwife midwifery mixed monday monitoring multi
    muslim national need needs neglect network new newport next nfa nhs night no none north
    northern not november nspcc number nurse october of officer on online open operations or
    other out outcome outreach passed pathway pending physical plan planning play polish pre
    private probation programme progress project prosecution protection public pupil ready
    recorded red referral referrals referred referrer refused region registered rejected
    request residential response rest review risk rural safe safeguarding saturday screened
    section self senior september sexual sheltered signpost signposted single site sixth
    south southern special specialist st stage stand standard status step strategy stronger
    sunday support targeted technology the therapy threshold thursday tier to town transfer
    tuesday unborn unit universal unknown upper urgent valley victim visiting visitor
    voluntary volunteer wednesday welfare welsh west western white within women womens work
    worker world yes young
    """.split()
)

NOT_NAMES: Final = AGENCIES | OTHERS

TITLE: Final = re.compile(
    r"(?<![^\W_])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Rev|Sgt|MR|MRS|MS|MISS|DR|PC|DC|PS|DS)\.? "
    r"([A-Z][\w\u2019'-]+)(?:,? ([\w]+))?"
)
LISTED: Final = re.compile(r"([^\W\d_][\w'\u2019 -]*?),\s*([^\W\d_][\w'\u2019 .-]*)")
WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
JOINING: Final = str.maketrans("", "", "'\u2019-.")
APART: Final = re.compile(r"[\s,;/_()\[\]&+]+|-(?=\d)|(?<=\d)-|(?<=\w\w)\.(?=\w\w)")
MOST_WORDS: Final = 4
MOST_LOOSE_WORDS: Final = 7
SHORT: Final = 4  # letters: below, a single word is as likely an abbreviation


def likeness(text: str) -> Likeness:
    """Say how much a cell looks like a person's name.

    >>> likeness("Section 47"), likeness("Larkhill Primary School")
    (<Likeness.NONE: 0>, <Likeness.NONE: 0>)
    >>> likeness("MARLOWE, Tansy"), likeness("closed by Grace Okonjo-Bell")
    (<Likeness.NAME: 4>, <Likeness.NAME: 4>)
    """
    if not text or text.isdecimal():
        return Likeness.NONE
    if " " in text and (_titled(text) or _inside(text)):
        return Likeness.NAME
    words = text.replace(",", " ").split()
    bare = {word.strip(".'\u2019\"()").casefold() for word in words}
    if (bare - {"and"}) & NOT_NAMES:
        return Likeness.NONE
    plain = all(word.translate(JOINING).isalpha() for word in words)
    tidy = len(words) <= MOST_WORDS and plain and "and" not in bare
    return (_of_words(text, words, bare) if tidy else Likeness.NONE) or _loosely(text)


def letters_of(text: str) -> tuple[str, ...]:
    """Take the words of a cell without numbers, dates and marks: of "HM-000123" only "hm" is left.

    >>> letters_of("Tansy Marlowe (5)"), letters_of("HM-000123")
    (('tansy', 'marlowe'), ('hm',))
    """
    return tuple(word.casefold() for word in APART.split(text) if word and not word.isdecimal())


def _loosely(text: str) -> Likeness:
    """Find names in small letters, with an age or a date beside them, or several in one cell."""
    words = [word for word in letters_of(text) if word != "and"]
    if not 0 < len(words) <= MOST_LOOSE_WORDS or not NOT_NAMES.isdisjoint(words):
        return Likeness.NONE
    if not all(word.translate(JOINING).isalpha() for word in words):
        return Likeness.NONE
    if not FIRST_NAMES.isdisjoint(words):
        return Likeness.FIRST_NAME
    long = any(len(word) >= SHORT for word in words) or not text.isascii()
    return Likeness.WORD if long else Likeness.NONE


def _titled(text: str) -> bool:
    """Find a title and a name, unless a surgery or a school is called after somebody."""
    for found in TITLE.finditer(text):
        possessive = found[1].endswith(("'s", "\u2019s", "s'", "s\u2019"))
        if not possessive and (found[2] or "").casefold() not in AGENCIES:
            return True
    return False


def _inside(text: str) -> bool:
    """Find a common first name with a capitalised word after it, where no agency is named."""
    words = WORD.findall(text)
    bare = [word.casefold() for word in words]
    if not AGENCIES.isdisjoint(bare):
        return False
    return any(
        one in FIRST_NAMES and other not in OTHERS and not words[place + 1][0].islower()
        for place, (one, other) in enumerate(pairwise(bare))
    )


def _of_words(text: str, words: list[str], bare: set[str]) -> Likeness:
    capitalised = not any(word[0].islower() for word in words)
    if len(words) == 1:
        if bare & FIRST_NAMES:
            return Likeness.FIRST_NAME
        return Likeness.WORD if capitalised and len(text) >= SHORT else Likeness.NONE
    if bare & FIRST_NAMES:
        return Likeness.NAME
    listed = LISTED.fullmatch(text)
    if listed and capitalised and listed[1].isupper() and not listed[2].isupper():
        return Likeness.NAME
    return Likeness.WORDS if capitalised else Likeness.NONE
