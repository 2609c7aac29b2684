"""Sentences with and without a person's name, as auditors write them, for measuring.

Written before the part of the detector that looks for names, and not changed to suit it. Everybody
in it is invented. One sentence a line.
"""

NAMED = """\
Mum told the health visitor that Tansy was not sleeping.
Tansy Marlowe was seen alone on the third visit.
The school rang Mrs Fenwick twice and got no reply.
mum karen said she would not open the door
Spoke to Bryn's key worker about the missed session.
Her brother, Piran, had been known to youth justice.
The social worker, Isolde Ashdown, recorded the decision the same day.
Strategy discussion chaired by Merrin Okonjo-Bell.
DOB not on form but Jory is in year 4.
Father is called tyrone and lives elsewhere
Grandmother Senara Penhaligon is the main carer.
PC Trevanion attended and completed the notification.
The referral says that Zofia Kowalczyk had bruising on her arm.
Amina told her teacher that she did not want to go home.
Dr Okafor examined the child and wrote to the front door.
We could not find out who Lowenna is.
Dad (Keith) was not spoken to at any point.
mother, shazia, disclosed historic abuse
The child's aunt Blessing Adeyemi offered to help.
Ms Hartnoll from the school agreed to complete the early help assessment.
Email from Gwen Tregear on the file says consent was not sought.
MARLOWE, Tansy is recorded twice on the system.
Siblings Kit and Rowan were not mentioned in the referral.
There is a note that Uncle Dave should not be in the home.
The decision was made by Pauline after discussion with her manager.
Kayleigh's mum had cancelled three appointments.
Mr Singh-Walia, head teacher, made the referral by telephone.
The worker wrote "spoke to Oluwaseun, he seems fine".
Case allocated to H. Pascoe on the Friday.
No evidence that baby Aoife was weighed at home.
Step-father Gareth has a conviction that was not checked.
It was Mr Bolitho's third referral about the same child.
chris the neighbour rang 999
The GP letter names Nguyen Thi Mai as the parent.
Partner named as Wesley in the police log.
Child's name is Xanthe.
Her name was given as Rosenwyn on the form.
a girl named petra was also in the house
Jowan said his dad shouts.
Mum's new partner, a man called Des, was at the address.
Form completed by Lamorna Curnow, school nurse.
The midwife (Siobhan) was not told.
Foster carers Alan and Beth Trewin were praised.
Mrs. Nance was present at the meeting.
Miss Chikwanda raised it with the safeguarding lead.
Seen with interpreter, mother Mrs Hussain spoke Urdu.
DC Rosewarne led the joint visit.
Conversation with Teegan about her wishes and feelings is recorded well.
Tegen and Morwenna share a bedroom.
his half brother ollie is on a plan
Advice taken from Prof. Vyvyan.
The lead practitioner was J Carlyon.
The chair, Bartholomew Quick, asked for the minutes.
Paternal grandfather Stanislaw Nowak was not assessed.
Child lives with Gran (Wenna) on weekdays.
We noted that Fatoumata Diallo had moved twice.
The auditor agreed with Denzil that the threshold was met.
Missing episode: Kerensa returned home at midnight.
Contact between Demelza and her father is supervised.
Letter addressed to Mr and Mrs Polglaze.
Sgt Angove reviewed the risk assessment.
young person, Elowen, attended the panel
She told Miss Bray what had happened.
Carer Yvonne Tamblyn has asked for respite.
The plan was signed by Harpreet Kaur Gill.
Hamza's voice comes through clearly.
Read the chronology for Zak, it is excellent.
Nobody asked Emre about the bruises.
Mum, Dad and Lily were seen together.
The child, known as Bobby, was not spoken to alone.
Worker: Annick Le Goff.
Spoke with ms trethewey at the nursery
dad's friend wayne was staying
Ask for the file of Ines Castelo.
The health visitor Mary-Jane Hocking closed the case.
Letter from O'Donoghue not on file.
Cousin Ciaran O'Shaughnessy may be at risk too.
Her sister Ngozi is fourteen.
Consent was given by Mr. A. Tonkin.
Referral made in the name of Perran Keast.
Babies Isla and Freya were seen by the midwife.
Jenna (mum) declined the offer.
mum sarah-jane has capacity
Teacher Mr Oyelaran noticed a change in behaviour.
The record for Lucjan Zielinski is thin.
Tamsin rang the out of hours team.
As told by Rhiannon, the visit was short.
Supervision by Nicola is recorded monthly.
Family of Abdi Warsame, known since 2023.
Adult sibling Petroc lives at the same address.
Signed, Ysella Roskilly.
the boyfriend (jamie) was arrested
Return home interview completed with Kai.
Aunty Pam collects the children on Mondays.
Report by Cllr Trounson was not relevant.
Rev Nankivell at the church raised it.
Mother is Agnieszka and speaks Polish.
Child was with Nanny Jean overnight.
Lead professional is Dilys Prowse.
We were told that Mr K Bosanko had been violent.
""".splitlines()

UNNAMED = """\
The referral was made within one working day and the decision is recorded.
Working Together expects a strategy discussion with health and police.
The Front Door told the referrer what was decided.
Early Help was offered and declined.
Section 47 enquiries began on 3 March.
The Graded Care Profile was not used.
Signs of Safety mapping is on the file.
Good practice: the Health Visitor and School Nurse met before the visit.
The Child Protection Conference was held in time.
Children's Services did not write to the school.
Mum was seen at home and dad was spoken to by telephone.
Mum and Dad were both at the meeting.
The MASH Manager agreed the outcome.
Operation Encompass notification was received on Monday morning.
The Domestic Abuse Risk Assessment was graded high.
A Single Assessment was completed in 38 days.
Family Group Conference was offered in January.
Christmas Day fell inside the period.
The Integrated Care Board has no record of the letter.
Named Nurse advice was sought and followed.
The Designated Safeguarding Lead made the call.
National Probation Service was not invited.
The Multi Agency Referral Form was complete.
No Further Action was recorded, with a reason.
Initial Child Protection Conference minutes were not sent to us.
The Youth Justice Service held a separate record.
Person Posing Risk was identified by police.
The Voice of the Child is strong in this record.
Was Not Brought policy was followed after the second appointment.
Independent Reviewing Officer raised an alert.
The Virtual School attended.
Looked After Child health assessment is overdue.
Mother called the surgery twice.
The mother called 999 herself.
A professional called back the next day.
Father declined to give consent.
Grandmother has parental responsibility.
The Threshold Document puts this at level three.
Adult Social Care did not respond.
The Emergency Department saw the child on Saturday.
Sexual Health Service was contacted in November.
Public Protection Notice was sent the same night.
Private Fostering was not considered.
This is a good record. The analysis is clear and the plan follows from it.
Reason: The school was not asked.
Not recorded. See the chronology of 12 May.
Yes. Both parents were told.
The Alder Vale School held its own chronology.
Harrowmere Hospital did not share the discharge letter.
Wexcombe Police completed the form.
The Wexcombe Safeguarding Children Partnership procedure was followed.
Merchants Quay Surgery replied after three weeks.
The Isle of Wight ferry was late, so the visit was moved.
It is Good rather than Outstanding because the plan came late.
Requires Improvement: the history was not weighed.
The Panel agreed with the Auditor.
Management Oversight is missing from the file.
CAMHS did not accept the referral.
The EHCP names the need and the ICPC agreed a plan.
Learning Disability Nurse visited twice.
Community Paediatrician reviewed the bruising.
Child Sexual Exploitation screening tool was used.
Harmful Sexual Behaviour was named and assessed.
The Local Authority Designated Officer was told.
Elective Home Education team had visited.
In April the team had three vacancies; by June it had none.
May need a second visit. Will depend on the family.
Mark the file as closed once the letter is sent.
Grace period for the assessment had ended.
The plan gave hope and was a joy to read.
Will the family accept support? Not recorded.
Ms and Mr are used at random on the form.
The doctor was not asked.
A social worker who knew the family wrote it.
Social Worker and Team Manager signed the assessment.
Mum said that she wanted help.
mum and her partner argued
mum attended, dad did not
mother was spoken to alone
dad not seen
child called the helpline
Young carers were recognised.
Baby was weighed and the red book was seen.
The letter was sent to Mother and to Father.
R-7F3K is the same family as R-8K2M.
Police Protection was used on Sunday night.
The Family Safeguarding model helped.
Victim Support was in touch within a day.
Women's Aid had offered a place.
The Housing Association shared its concerns.
Universal Credit had stopped.
Strategy Meeting minutes are dated 4 July 2026.
Reviewed on Good Friday by the duty manager.
Eastern European interpreter was booked.
Polish speaking worker was found in time.
Roma families were visited by the same team.
Black Caribbean heritage is recorded and explored.
White British is recorded, religion is not.
Church of England primary school made the referral.
The Children Act 1989 is cited rightly.
Keeping Children Safe in Education is cited.
Safer Sleep advice was given.
Liquid Logic shows two contacts.
Mosaic and SystmOne disagree on the date.
The Duty Team rang back.
Assessment Team Manager was on leave.
Out Of Hours Team took the call.
Best Interests were considered.
Gillick competence was considered and Fraser guidelines were applied.
Munro review principles are visible.
The Bruising Protocol was followed to the letter.
Serious Incident Notification was not needed.
Kinship carers were not assessed.
Special Guardianship Order was discussed.
Unborn baby pathway was started at 20 weeks.
Step Down plan agreed with the Early Help Hub.
Both Health and Education were invited.
Neither Police nor Probation replied.
Sent by Egress to the MASH inbox.
All Agencies agreed.
Speech and Language Therapist had concerns.
Substance Misuse Service was not aware.
The Perinatal Mental Health Team visited weekly.
Ambulance crew made a referral.
The Family Court had made an order.
The Cafcass Guardian was not consulted.
Child in Need plan reviewed every six weeks.
Outcome: Step up to Section 17.
Contact made on Tuesday, Wednesday and Thursday.
Strength: Timely. Area for Development: Analysis.
Named in the plan as the lead agency.
The person named as the contact had left.
The child was not named in the minutes.
It was called a contact and not a referral.
""".splitlines()
