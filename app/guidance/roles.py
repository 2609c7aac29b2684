"""What each role does in Casefile, step by step in the order of the journey, in plain English."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.access import Role


@dataclass(frozen=True)
class Guide:
    """The help of one role."""

    does: str
    steps: tuple[tuple[str, str], ...]
    """What to do, and how."""
    good_to_know: tuple[str, ...] = ()


GUIDES: Mapping[Role, Guide] = {
    Role.AUDITOR: Guide(
        "You look at your own agency's file for each subject you are given, and answer questions "
        "about it.",
        (
            (
                "Open My work",
                (
                    "It lists what you have been given, round by round, the soonest due first and "
                    "what was handed back at the top. “Start” opens the first; later, “Carry on” "
                    "takes you to the question you had reached."
                ),
            ),
            (
                "Find the child's file",
                (
                    "You see only a reference, like R-7F3K. Your coordinator tells you outside "
                    "Casefile which child it is. You may keep your agency's own record number with "
                    "it: only your agency sees that number."
                ),
            ),
            (
                "Answer the questions",
                (
                    "Open a section and choose an answer. Say why in the box below it. If the file "
                    "does not say, choose “Not recorded on our file”: that is not the same as "
                    "“No”. You can stop at any time: what the page shows as saved is saved."
                ),
            ),
            (
                "Attach what shows an answer",
                (
                    "Below each question, “Attach a file” takes a page of a chronology or a "
                    "letter. Take out names and dates of birth first: whoever may read your "
                    "answers once they are sent can read the file."
                ),
            ),
            (
                "If your agency does not know the child",
                (
                    "Follow “This child is not known to us” and say what you searched. Your agency "
                    "lead sends that in place of answers. It can be taken back until it is sent."
                ),
            ),
            (
                "If you should not audit it",
                (
                    "If you worked with the child or know the family, follow “conflict of "
                    "interest”. It goes back to your agency lead, who gives it to somebody else."
                ),
            ),
            (
                "If it is shared with colleagues",
                (
                    "Your agency lead may give sections of one subject to several of you. You read "
                    "all of it and save in your own sections. On Check your answers, say that "
                    "yours are complete; the subject's auditor then declares the whole."
                ),
            ),
            (
                "Check your answers",
                "This page lists what is still missing. “Change” takes you back to a question.",
            ),
            (
                "Declare",
                (
                    "Say that your answers are complete. They go to your agency lead, who sends "
                    "them or hands them back to you with a reason."
                ),
            ),
            (
                "Answer what the lead asks",
                (
                    "A response that was sent may come back “Returned with queries”. What is asked "
                    "stands beside each question. Change the answer, or say in its reason why it "
                    "stands, and declare it complete again."
                ),
            ),
        ),
        (
            (
                "Do not write names, dates of birth or NHS numbers. Casefile warns beside a "
                "question when something looks like one; it misses some, so read what you wrote "
                "before you declare it complete."
            ),
            "Nobody in another agency sees your answers before their own agency has sent theirs.",
            (
                "If a child may be in danger now, follow the advice at the top of the page at "
                "once. “Raise an immediate concern” says what to do outside Casefile, and records "
                "that you raised one: nothing about the child, and no other agency is told."
            ),
        ),
    ),
    Role.AGENCY_LEAD: Guide(
        "You choose who audits in your agency, read what they wrote, and send it.",
        (
            (
                "Choose auditors",
                (
                    "On My work, follow “Choose an auditor”. Tick subjects, choose a name and give "
                    "them out. The page shows how much each auditor has to do already."
                ),
            ),
            (
                "Share one subject among several auditors",
                (
                    "Open the response and follow “Share by section”: the named nurse answers "
                    "Health, the practice lead the rest. If somebody cannot answer, take their "
                    "section back there; its answers stay."
                ),
            ),
            (
                "Watch the due date",
                (
                    "My work shows what your agency still has to send in each round, who has it, "
                    "and since when it is overdue."
                ),
            ),
            (
                "Read and send",
                (
                    "Open what is under “To read and send”. If it is right, send it: after that it "
                    "cannot be changed. If not, hand it back and say what to look at again."
                ),
            ),
            (
                "Read the results",
                (
                    "When the findings are agreed you can open the round's results, with your own "
                    "agency's numbers."
                ),
            ),
            (
                "Read your letter",
                (
                    "Once the round is reported, Letters holds the feedback letter to your agency: "
                    "what was learnt, your own grades and answers, and your own actions. Take it "
                    "as a Word document or a PDF, and share it with those who can act on it."
                ),
            ),
            (
                "Follow your agency's actions",
                (
                    "Under Actions you see every action your agency has to do. Say how far it "
                    "is, and what shows that it is done. You can take them as an Excel workbook, "
                    "and have their dates in your own calendar."
                ),
            ),
        ),
        ("Casefile asks for your password again when you send, if you typed it a while ago.",),
    ),
    Role.LEAD: Guide(
        "You lead a round: you lay the agencies' answers side by side, take the panel through "
        "them, and write the findings. You may not answer in a round that you lead.",
        (
            ("Open your round", "My work lists the rounds you lead, with what to do next."),
            (
                "See who has sent",
                "The returns page shows how far each agency is, and whom to ask for what is late.",
            ),
            (
                "Acknowledge an immediate concern",
                (
                    "If somebody raises one, a line stands above your home and the round's pages. "
                    "See that the child is safe, outside Casefile, then say what was done."
                ),
            ),
            (
                "Ask about an answer",
                (
                    "Open a sent response and follow “Query and return”. Tick the answers you ask "
                    "about and say why. It goes back to its agency and leaves the comparison and "
                    "the counts until it is sent again; then you see which answers changed."
                ),
            ),
            (
                "Start moderation",
                "When the responses are in, move the round on. The page says what will happen.",
            ),
            (
                "Hold the meeting",
                (
                    "Under Meetings, begin one and say who is in the room. It takes you from "
                    "difference to difference: every agency's answer and reason stand beside each "
                    "other. Record what the panel agrees, that it does not agree, or that the "
                    "question is put off. Nobody's own answer is ever changed."
                ),
            ),
            (
                "Have somebody take the minutes",
                (
                    "When you begin the meeting, or under “Somebody came or left”, choose who "
                    "takes the minutes: the coordinator, or somebody of the panel. While it is "
                    "open they word the reasons and note learning points on their own "
                    "screen. They decide nothing, and neither of you overwrites the other."
                ),
            ),
            (
                "Judge each case",
                (
                    "Where the questions end with a grade, record the panel's judgement of the "
                    "whole case, with its reason. The agencies' own grades stay beside it."
                ),
            ),
            (
                "Read the results",
                (
                    "Results count the answers to every question. Below ten answers there are no "
                    "percentages: they would mislead."
                ),
            ),
            (
                "See where the agencies part",
                (
                    "Agreement, on the round's page, says for each pair of agencies and each "
                    "question how often they said the same about a case, and how far second "
                    "auditors agree with the first. It does not say how well anybody judged."
                ),
            ),
            (
                "Write findings",
                (
                    "Write each finding from a result or a comparison, so that its evidence stays "
                    "with it. When the wording is right, agree it."
                ),
            ),
            (
                "Plan actions",
                (
                    "From an agreed finding, plan actions: what, who, by when, and how you will "
                    "know that it worked."
                ),
            ),
        ),
    ),
    Role.PANEL_MEMBER: Guide(
        "You sit on a round's panel, which decides together what the answers show.",
        (
            (
                "Wait until your agency has sent",
                (
                    "You can compare a subject once your own agency has sent its response and the "
                    "round is in moderation. Until then you see nothing about it. This keeps every "
                    "agency's view its own."
                ),
            ),
            (
                "Read before the meeting",
                "On My work open your round, then Comparisons. Differences come first.",
            ),
            (
                "At the meeting",
                (
                    "Talk each difference through. The audit lead records what is agreed, with the "
                    "reason, or that the panel does not agree."
                ),
            ),
            (
                "If you take the minutes",
                (
                    "The audit lead may choose you when the meeting begins. Open the question that "
                    "the panel talks about: while the meeting is open you word the reason for what "
                    "was decided, and note learning points. You decide nothing."
                ),
            ),
        ),
        (
            "A subject that you cannot find is one that is not open to you yet.",
            (
                "If what you read means that a child may be in danger now, “Raise an immediate "
                "concern” says what to do outside Casefile, and records that you raised one."
            ),
        ),
    ),
    Role.COORDINATOR: Guide(
        "You run the partnership's audits: you plan rounds, draw the sample, let people in and "
        "see that everything arrives.",
        (
            (
                "Let people in",
                (
                    "Under People, add each person, give them a role, and send them the link to "
                    "join. You can import a list. Under Agencies and Subgroups, keep those up "
                    "to date."
                ),
            ),
            (
                "Plan a round",
                (
                    "Open a new round on an audit tool. Its parts are a list: go through them "
                    "in any order. Choose agencies, an audit lead, a panel and dates."
                ),
            ),
            (
                "Draw the sample",
                (
                    "Import a list without names, check its columns, and draw. The draw is written "
                    "down, so that anybody can repeat it. Keep the list that says which child is "
                    "which outside Casefile."
                ),
            ),
            (
                "Give subjects out",
                (
                    "Share the subjects among agencies. Print the reference sheet, fill it in by "
                    "hand, and send it outside Casefile. What was given by mistake can be taken "
                    "back there as long as nobody has begun to answer it."
                ),
            ),
            (
                "Say what to do if a child may be in danger",
                (
                    "My work leads to the partnership's own text: name your front door and its "
                    "numbers. When somebody raises an immediate concern, a line stands above your "
                    "home and the round's pages until you or the audit lead say what was done."
                ),
            ),
            (
                "Acknowledge an immediate concern",
                (
                    "Follow that line to the round's immediate concerns. See that the child is "
                    "safe, outside Casefile; then choose what was done. Whoever raised it sees "
                    "that, and no agency is told."
                ),
            ),
            (
                "Have some of it judged twice",
                (
                    "On the Assignments page, follow “Have a share of them judged by a second "
                    "auditor”. Neither auditor sees the other's answers, and the second ones are "
                    "counted nowhere: Agreement, on the round's page, shows how far two people "
                    "judge one file alike, and where the agencies part."
                ),
            ),
            (
                "Take the minutes, if you are asked to",
                (
                    "The audit lead may choose you when a meeting begins. Open the question that "
                    "the panel talks about, word the reason for what was decided, and note "
                    "learning points. You decide nothing."
                ),
            ),
            ("Open the round", "Move it to its next stage. The page says what is still missing."),
            (
                "Chase",
                (
                    "My work lists who is late with what, since when, and whom to ask. Each "
                    "round's returns page counts what is sent, agency by agency."
                ),
            ),
            (
                "Report",
                (
                    "Look over the packs for the subgroups and the letters to the agencies, change "
                    "their words where needed, and follow the actions until their impact is shown."
                ),
            ),
            (
                "Close, and let go",
                (
                    "When every action is over, close the round. Retention then shows what may go "
                    "and when. Nothing goes until you purge it, and a legal hold stops that."
                ),
            ),
            (
                "When somebody leaves",
                "Open the person and record that they have left. Their roles end at once.",
            ),
        ),
        (
            "You cannot change your own roles: ask another coordinator or a system administrator.",
            "The last coordinator cannot be removed: make somebody else coordinator first.",
            (
                "Each round's trail shows who did what, and when. Under People, the trail shows "
                "who let whom in and gave which role."
            ),
        ),
    ),
    Role.SCRUTINEER: Guide(
        "You look at the partnership's audits from outside and ask hard questions. You read "
        "everything and change nothing.",
        (
            ("Open a round", "Rounds lists every round of the partnership."),
            (
                "Look at the sample",
                "It says in words how the subjects were chosen. You can check the draw yourself.",
            ),
            (
                "Read the comparisons",
                "See what each agency answered, and what the panel agreed and why.",
            ),
            (
                "See where the agencies part",
                (
                    "Agreement says how often two agencies said the same about a case, and how far "
                    "second auditors agree with the first."
                ),
            ),
            (
                "See that concerns were acted on",
                (
                    "A round's immediate concerns say when each was raised and acknowledged, by "
                    "whom, and what was done."
                ),
            ),
            ("Read results and findings", "Each finding shows the evidence it rests on."),
            ("Follow the actions", "See what was done, by whom, and what it changed."),
            ("Read the trail", "It shows who did what in a round, and when."),
        ),
    ),
    Role.SUBGROUP_MEMBER: Guide(
        "Your subgroup receives findings and sees that actions are carried out.",
        (
            (
                "Read your packs",
                (
                    "My work lists what your subgroup has received. Read a pack on the page, or "
                    "take it as a Word document or a PDF."
                ),
            ),
            (
                "Follow the actions",
                (
                    "Under Actions you see the actions your subgroup oversees. Those that are late "
                    "say so. You can take them as an Excel workbook."
                ),
            ),
        ),
        ("A pack appears when its round is reported, and not before.",),
    ),
    Role.ACTION_OWNER: Guide(
        "You carry out an action and show what it changed.",
        (
            (
                "Open My work",
                (
                    "It lists your actions. Those that are late say so. Under “Your dates” you can "
                    "have their dates in your own calendar."
                ),
            ),
            (
                "Say how far it is",
                "Open the action and write what has been done. Choose where it stands now.",
            ),
            (
                "Say when it is done",
                (
                    "Write what shows that it is done. Somebody else looks at your evidence and "
                    "verifies it."
                ),
            ),
            (
                "Wait for the impact",
                (
                    "Later somebody else looks whether it made a difference for children, and "
                    "closes the action. Write in an update what you have seen yourself."
                ),
            ),
        ),
        ("If you cannot meet the date, ask the coordinator early: the old date stays on record.",),
    ),
    Role.SYSTEM_ADMINISTRATOR: Guide(
        "You look after Casefile itself: agencies, people and how they sign in. You read no "
        "answers at all.",
        (
            (
                "Let people in",
                (
                    "Under People, add each person, give them a role, and send them the link to "
                    "join. You can import a list."
                ),
            ),
            (
                "When somebody cannot sign in",
                "Open the person and make a new link. It works once, for a short time.",
            ),
            (
                "When somebody leaves",
                "Open the person and record that they have left. They are signed out at once.",
            ),
            (
                "Keep the notices right",
                (
                    "If My work says that the privacy notice is not finished, whoever runs the "
                    "installation sets what is missing: docs/deployment.md says how."
                ),
            ),
        ),
        (
            "You cannot change your own roles: ask another system administrator.",
            "The last system administrator cannot be removed: make somebody else one first.",
        ),
    ),
}
