"""A small audit tool written for the tests, so that they do not change with the tools that ship."""

from pathlib import Path

import yaml

from app.tools import Tool, read_tool

SMALL = """
format: 1
tool: small
version: 1
title: Small audit
summary: Was the child seen, and did somebody ask?
frameworks:
  - {id: local, name: Local procedures, version: in force on the day, note: Local. Check your own.}
themes:
  - {id: VC, title: Voice of the child and family}
scales:
  - id: grade
    title: Practice grade
    polarity: best_first
    levels:
      - {id: good, label: Good, descriptor: Expected practice in all that mattered.}
      - {id: poor, label: Poor, descriptor: A failing left the child at risk.}
question_sets:
  - id: case-file
    title: Case file
    subject: case
    introduction: One case, from your own file.
    sections:
      - id: seeing
        title: Seeing the child
        guidance: From the referral to the first plan.
        evidence: {police: The custody record., health: The consultation notes.}
        questions:
          - id: seen
            kind: yes_no
            text: Was the child seen?
            guidance: By anybody of your agency.
          - id: seen_alone
            kind: grade
            scale: grade
            text: How well was the child seen alone?
            descriptors: {good: "Alone, and more than once."}
            reason: required
            absences: [not_applicable]
            themes: [VC]
            references: [{framework: local, where: on seeing children}]
            when: {question: seen, is_one_of: ["yes"]}
          - id: custody
            kind: choice
            text: Was somebody arrested?
            agencies: [police]
            options:
              - {id: arrested, label: "Yes, on the day"}
              - {id: nobody, label: "No"}
              - {id: unsure, label: "Unsure", retired: true}
      - id: after
        title: Afterwards
        questions:
          - id: told
            kind: choices
            text: Who was told?
            options:
              - {id: school, label: The school}
              - {id: parent, label: A parent, hint: With parental responsibility}
            when:
              any:
                - {question: custody, is_one_of: [arrested]}
                - {question: seen, is_one_of: ["no"]}
          - id: bail_on
            kind: date
            text: When was bail set?
            required: false
            when: {question: custody, is_one_of: [arrested]}
          - {id: days, kind: whole_number, unit: days, text: "How many days did it take?"}
          - {id: words, kind: long_text, text: "What did the child say?", reason: optional}
  - id: interview
    title: Interview with the hub's manager
    subject: interview
    sections:
      - id: talk
        title: The talk
        agencies: [childrens_social_care]
        questions:
          - {id: works, kind: short_text, text: "What works?"}
"""


def small_tool(folder: Path, **changed: object) -> Tool:
    """Write the small tool into a folder of audit tools, with some of its values changed."""
    written = {**yaml.safe_load(SMALL), **changed}
    path = folder / "small" / f"v{written['version']}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
    return read_tool(path, folder / "blocks")
