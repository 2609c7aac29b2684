"""More sentences with and without a name, written once the detector was there, to check the first.

Nothing in the detector or its word lists was changed to suit them. Everybody in them is invented.
"""

NAMED = """\
The child asked for Nadia by name during the visit.
Discussed with Rupert Okwuosa in supervision on Monday.
Caitlin's bruises were photographed by the paediatrician.
Older brother Tobias collected her from nursery.
mum (lorraine) did not answer the door
The form was signed by Ms Adebayo-Finch.
Spoke to paternal aunt Ruksana about staying over.
Her friend Immy told the teacher first.
A man known as Gaz was at the property.
Mr Pritchard was not invited to the strategy meeting.
We could not tell whether Dilwyn had been seen.
Safeguarding lead Hester Mbeki made the call.
Baby Aurelia was on the ward for two nights.
The neighbour, Mrs Quill, rang the police.
It was agreed that Farida would stay with her grandmother.
Police spoke to Marlon at the address.
Shanice disclosed to her form tutor.
Supported by Leszek from the youth team.
The plan says Orla will see CAMHS weekly.
Consent form is in the name of Ewa Pawlak.
stepdad craig was shouting
there is a sister called nell who lives with dad
Seen by Dr Vasquez in the emergency department.
PC Lomax took the statement.
Child A is Jeremiah on the front sheet.
Thanks to Beatrix, the letter went out in time.
Mum reports that Callum hits his sister.
DS Everard agreed to the joint visit.
Father: Idris Mohamud, not living at home.
Grandparents Len and Maureen offered to help.
The notes call her Peaches throughout.
Ask Winston at the refuge for the record.
Allegation made against Mr T Garrow.
She was found at Kieron's flat.
The younger child, Saoirse, is not on the plan.
Email to Jacinta unanswered for a week.
Nurse Oyinkan weighed the baby.
A boy named leon was also hurt
Mother (Svetlana) needs an interpreter.
Mohammed Al-Rashid is the father's cousin.
""".splitlines()

UNNAMED = """\
The worker recorded the conversation in full.
Health Visiting Team held the red book.
Every agency sent its chronology before the meeting.
Police National Computer checks were done.
The Court of Protection was not relevant.
Parents were told in writing on 4 May 2026.
The Single Point of Access replied in two days.
Neglect Toolkit scores were shared with School.
Decision: proceed to Section 47.
Housing Officer and Midwife both attended.
The Autumn Term review was missed.
Youth Offending Team contributed.
Grandfather said he would help.
Teacher noticed bruising on Wednesday.
Mum declined. Dad agreed.
Child seen alone at School.
The record says "not known".
A Language Line interpreter was used.
South Asian family; culture considered.
Local Authority Designated Officer referral was late.
Threshold met: Level Four.
The Named Doctor chaired the Peer Review.
Poor handwriting; the Log is hard to read.
Recorded on Liquidlogic and not on EMIS.
Children and Families Assessment is thorough.
Referrer was a Community Midwife.
The Team Around the Family met monthly.
Emotional Abuse category was chosen.
Follow up by Health was good.
Her Majesty's Inspectorate guidance is cited.
The Adult Mental Health Team closed in July.
Minutes of the Core Group are missing.
Child Exploitation Panel heard the case.
Bank Holiday cover was in place.
Our Hospital Trust changed system in March.
Voluntary Sector partner was not asked.
Dental neglect was named as such.
Sibling group of four was considered together.
Multi Agency Safeguarding Hub closed the contact.
Pre-birth Assessment began at 24 weeks.
""".splitlines()
