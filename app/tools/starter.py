"""A new audit tool's first file: small, commented, and sound as it stands, to be written over."""

STARTER = """\
# yaml-language-server: $schema={schema}
# {title}. Say here, in a sentence, what a partnership will do otherwise because of this audit.
# A sound start, to be written over. Lines that begin with # are for whoever reads this file.
#   casefile check-tools   says what is wrong, with the line, and what could be asked better
#   casefile booklet {slug} --to out.html   prints it for those who will answer
# docs/audit-tools.md builds a tool step by step; audit_tools/README.md says what each key means.
format: 1
tool: {slug}
version: 1
title: {title}
summary: What does it find out, and from whom? Two sentences that a director reads.

# Law and guidance that questions lean on. The note says how far anybody checked it.
frameworks:
  - id: local
    name: Local procedures
    version: the version in force at the time
    note: Local. Each partnership names its own, and auditors read it before they start.

# Priorities that cut across audits. Results and trends are read by them.
themes:
  - {{id: VC, title: Voice of the child and family}}
  - {{id: IMP, title: Impact}}

# What a grade may be. Each level says what has to be seen to give it; a question words its own.
scales:
  - id: practice-grade
    title: Practice grade
    polarity: best_first
    levels:
      - {{id: good, label: Good, descriptor: Expected practice in everything that mattered.}}
      - id: requires_improvement
        label: Requires improvement
        descriptor: Nobody was left unsafe, and gaps delayed or weakened the help the child had.
      - id: inadequate
        label: Inadequate
        descriptor: A serious or repeated failing left the child, or could have left it, at risk.

question_sets:
  - id: case-file
    title: Case file
    subject: case
    introduction: One child, seen from your agency's own file. Answer for your own agency's part.
    sections:
      # First: what the file is. "about: agency" keeps each agency's own part out of the comparison.
      - id: about
        title: About this audit
        guidance: What your agency's file is. Some answers decide which questions follow.
        questions:
          - id: involvement
            kind: choice
            about: agency
            text: What part did your agency have with the child in the period?
            guidance: Choose the first that fits.
            options:
              - {{id: worked, label: We worked with the child or an adult who cares for the child}}
              - {{id: told, label: We were told of a worry and did no work}}
              - {{id: none, label: None that our file shows}}
            absences: []
          - id: age_band
            kind: choice
            text: How old was the child when the period began?
            guidance: On the day your coordinator gave.
            options:
              - {{id: under_5, label: Under 5}}
              - {{id: age_5_to_12, label: 5 to 12}}
              - {{id: age_13_up, label: 13 or older}}
            absences: [not_recorded]

      # Then: what this audit alone is about. One idea a question; guidance says what counts.
      - id: seeing
        title: Seeing the child
        guidance: From the first worry in the period to the first plan or decision.
        evidence:
          childrens_social_care: Case notes of visits, the assessment, direct-work papers.
          police: Officers' reports, body-worn video logged as seen, the custody record.
          health: Consultation notes, letters, the record of who brought the child.
        questions:
          - id: seen_alone
            kind: yes_no
            text: Was the child seen by your agency without the adults who care for the child?
            guidance: A visit in which an adult stood in the door counts as not alone.
            absences: [not_recorded]
            themes: [VC]
            when: {{question: involvement, is_one_of: [worked]}}
          - id: child_voice
            kind: grade
            scale: practice-grade
            text: How well does your record show what the child's days were like?
            guidance: In the child's words, or in what was watched where the child does not speak.
            descriptors:
              good: The child's own words or what was watched, more than once, and what it meant.
              requires_improvement: Something once, or only what adults said about the child.
              inadequate: Nothing, where the child was there to be asked or watched.
            reason: required
            absences: [not_recorded]
            themes: [VC]
            references: [{{framework: local, where: on seeing children}}]
            when: {{question: involvement, is_one_of: [worked]}}
          - id: not_seen_why
            kind: long_text
            about: agency
            text: What kept your agency from seeing the child alone?
            guidance: What the record says, in a sentence or two. Write roles, never names.
            when: {{question: seen_alone, is_one_of: ["no"]}}

      # Last: what it came to, and what changes. Asked of everybody.
      - id: judgement
        title: Your judgement
        guidance: Of your own agency's part, with what was known at the time.
        questions:
          - id: worked_well
            kind: long_text
            about: agency
            text: What worked well?
            guidance: What others could do too. Write "nothing stood out" if so.
            absences: []
          - id: grade_agency
            kind: grade
            about: agency
            scale: practice-grade
            text: How do you grade your own agency's part as a whole?
            guidance: Not the mean of the grades above. What mattered to this child weighs most.
            descriptors:
              good: Whatever was missing made no difference to this child.
              inadequate: Something missing left this child at risk. If it still does, raise it now.
            reason: required
            absences: [not_applicable]
            absence_reason: required
            themes: [IMP]
          - id: learning
            kind: long_text
            about: agency
            text: What will your agency do otherwise because of this case?
            guidance: Under which role, and by when. "Remind staff" changes little.
            required: false
            absences: []
            themes: [IMP]
"""


def starter(slug: str, schema: str) -> str:
    """Write the first file of a tool; `schema` leads from it to the published JSON Schema.

    >>> starter("home-visits", "../schema.json").splitlines()[0]
    '# yaml-language-server: $schema=../schema.json'
    """
    title = slug.replace("-", " ").capitalize()
    return STARTER.format(slug=slug, title=title, schema=schema)
