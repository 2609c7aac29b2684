"""What leaves the child sexual abuse audit: pack, briefing, full report, and its answers."""

from tests.journey.cast import COORDINATOR, LEAD, MEMBER, SUBGROUP, Story
from tests.journey.desk import Desk
from tests.journey.thematic_learning import HEARD, ONE_PAGE, READ_ALOUD, UNWEIGHED
from tests.journey.thematic_plan import PURPOSE

TOMORROW = "Ask the next family you meet how they would like to be heard."
AS_WORD, AS_PDF = "Download as a Word document", "Download as a PDF"

Files = tuple[bytes, bytes]
"""One paper as a Word document and as a PDF."""


def the_briefing_is_put_into_our_words(story: Story) -> Files:
    """One section is written anew before it goes; drafted again from the data it would be lost."""
    desk = story.at_the_round(LEAD)
    desk.follow("Practitioner briefing")
    desk.sees(HEARD, UNWEIGHED, "Take one case of yours to supervision")
    desk.follow("Change the words of its sections")
    desk.press("Save: What you can do tomorrow", {"words": TOMORROW})
    desk.sees("Saved: What you can do tomorrow", f"Written by {LEAD}")
    desk.follow("Draft every section again from the data")
    desk.sees("What was written here is lost", "What you can do tomorrow")
    desk.follow("Cancel")
    desk.follow("Back")
    desk.sees(TOMORROW)
    return as_files(desk)


def the_full_report_has_the_counts(story: Story) -> Files:
    """For lead, coordinator and scrutineer alone."""
    desk = story.at_the_round(COORDINATOR)
    desk.follow("Full report")
    desk.sees("OFFICIAL-SENSITIVE", PURPOSE, "Executive summary", "Limitations", HEARD, READ_ALOUD)
    return as_files(desk)


def as_files(desk: Desk) -> Files:
    return desk.take(AS_WORD), desk.take(AS_PDF)


def the_subgroup_reads_its_pack(story: Story) -> Files:
    """On its page, and as what is tabled; then it looks how the actions stand."""
    desk = story.at_their_desk(MEMBER)
    desk.follow("Packs")
    desk.follow(SUBGROUP)
    desk.sees(HEARD, UNWEIGHED, ONE_PAGE, "Blocked")
    assert not any(label in str(desk.page) for label in story.known.values())
    pack = as_files(desk)
    desk.follow("My work")
    desk.follow(f"Actions that came to the {SUBGROUP}")
    desk.sees(READ_ALOUD, "Superseded")
    return pack


def the_lead_keeps_the_answers(story: Story) -> tuple[bytes, bytes, bytes]:
    """As CSV with its codebook, and as a workbook that has both."""
    desk = story.at_the_round(LEAD)
    desk.follow("Exports")
    return (
        desk.take("Download the answers"),
        desk.take("Download them as an Excel workbook"),
        desk.take("Download the codebook as a CSV file"),
    )
