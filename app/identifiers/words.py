"""Word lists of our own, by which a person's name is told from other words with capitals.

A list of every name is impossible and would be unkind to the unusual ones: these speak for and
against, and what stands around a word decides.
"""

from typing import Final

FIRST_NAMES: Final = frozenset(
    """
    aaliyah aaron abdi abdirahman abdul abdullah abigail adam adrian ahmed aidan aisha aisling akua
    alan albert aleksander alesha alex alexander alfie ali alice alicia alina alisha alison amanda
    amara ameera amelia amina amir amy ana anastasia andrea andrew aneta angela angus anil anita
    aniya ann anna anne anthony anwar anya archie arthur arun ashley asif ava ayaan ayesha ayumi
    barbara beata beatrice ben benjamin bethany bilal blessing bogdan brian bridget bronagh bronwyn
    caitlin callum cameron caoimhe caroline carys catherine ceri chantelle charles charlie charlotte
    chinedu chloe chris christine christopher cian ciaran claire colin connie connor corey courtney
    craig curtis daisy dan daniel daniela danielle dariusz darren david dawn dean deborah deepa demi
    denise diana dominic donna dorota dougie dwayne dylan edith eduard edward efua eilidh eimear
    ekaterina eleanor elena elijah elizabeth ella ellie emeka emily emma emre eoin eric erica erin
    esme ethan eva eve evelyn evie fadumo farah fatima fatou fiona fionnuala fiorella florence
    frances frank freddie freya gareth gary gavin gemma geoffrey george georgia gethin gillian grace
    graham grzegorz gurpreet gwen hamza hannah haroon harpreet harriet harrison harry hasan hasnain
    hassan hayley heather helen henry hodan holly hussain ian ianto ibrahim ifeoma ilya imogen imran
    ines ioana iqra isaac isabel isabella isla ivan ivy jack jacob jade jaden jake jamal james jamie
    jan jane janet jasmine jason jaspreet javid jayden jean jennifer jeremy jerome jessica jill joan
    joanna joanne jodie joe joel john jonathan jordan joseph josh joshua joyce judith julia julian
    julie junaid kacper kai kamila karen karim kasia katarzyna kate katherine kathleen katie kaylee
    kayleigh keir keith kelly kelsey kenneth kerry kevin khadija kieran kim kirsty kofi krzysztof
    kwabena kwame kyle lamar latoya laura lauren leah leanne lee leila leo leon lesley leszek lewis
    liam lily linda lindsay ling lisa logan lorraine louis louise lucas lucy luke lydia mabel
    mahmoud maisie malgorzata malik manpreet marcus margaret maria mariam marie marion mark marlon
    martha martin mary maryam mason mateusz matilda matthew max maya megan mehmet mia michael
    michelle mikey mila millie mina miriam mo mohamed mohammad mohammed mohamud molly muhammad
    mustafa nadia naomi nasra natalie natasha nathan neil nia niall niamh nicholas nicola nigel
    nikita nkechi noah noor oksana olena oliver olivia olu oluwaseun omar oscar owen paddy pamela
    parveen patricia patrick paul paula pauline pawel peter petra philip phoebe piotr poppy priti
    priya qasim rachel rafal rafiq rajesh ralph ravi raymond rebecca reece reuben reza rhys ricardo
    richard riley robert robin roger roisin romeo ronald rory rosie ross roy ruby rukhsana ruksana
    russell ruth ryan saad sadia saira sally sam samantha samina samira samuel sandra sanjay sara
    sarah scarlett scott sean sebastian shaheen shane shanice shaniya shannon sharon shazia sheila
    shirley shona sian simon sinead siobhan sofia sonny sophia sophie stacey stanley stella
    stephanie stephen steve steven stuart susan suzanne tamara tanya tariq tegan teresa terry
    thandiwe thea theo theodore thomas tim timothy tina tobias toby tom tomasz tony tracey tracy
    trevor tyler tyrone uzma valerie vanessa victoria vijay vincent violet wanjiru wayne wei wendy
    william willow xiulan yan yasmin yemi yetunde yuki yusuf yvonne zachary zahra zainab zara zeynep
    zoe zofia
    """.split()
)

# Words that make capitals the name of an agency or a place, whoever it is called after.
AGENCIES: Final = frozenset(
    """
    academy agency ambulance association authority borough bureau cathedral centre charity church
    city clinic college constabulary council county court department diocese directorate district
    federation foundation garage gardens government group health healthcare home homes hospice
    hospital hostel house hub infant infants institute junior library lodge manor mash medical
    ministries mosque nursery office organisation park partners partnership pharmacy place police
    practice preschool primary prison provider refuge road school schools secondary service
    services social society street surgery synagogue team teams temple trust university villa
    village ward youth
    """.split()
)

# Words of decisions, roles and lists: with one of these, capitals alone do not make a name.
OTHERS: Final = frozenset(
    """
    a a&e abuse acute adult adults advice advocacy all allocated amber and anonymous another
    application april area asian assessment assist at august black board boy british by camhs care
    carer caring central child childcare childminder children children's childrens chinese
    christian cin civil class closed committee communities community complete completed concern
    concerns consent contact contacts cp criminal crown day december decision direct disability
    domestic duty early east eastern education eh emergency emotional english enquiries enquiry
    escalated exploitation family february female fire first follow for form foster friday from
    front further general girl gp green guidance harm harmful help helpline high hill hindu hv in
    independent information initial inspectorate intervention investigation irish island isle
    january jewish july june justice known lead learning legal level line local looked lower
    magistrates male management march maternity may mental midwife midwifery mixed monday
    monitoring multi muslim national need needs neglect network new newport next nfa nhs night no
    none north northern not november nspcc number nurse october of officer on online open
    operations or other out outcome outreach passed pathway pending physical plan planning play
    polish pre private probation programme progress project prosecution protection public pupil
    ready recorded red referral referrals referred referrer refused region registered rejected
    request residential response rest review risk rural safe safeguarding saturday screened
    section self senior september sexual sheltered signpost signposted single site sixth south
    southern special specialist st stage stand standard status step strategy stronger sunday
    support targeted technology the therapy threshold thursday tier to town transfer tuesday
    unborn unit universal unknown upper urgent valley victim visiting visitor voluntary volunteer
    wednesday welfare welsh west western white within women womens work worker world yes young
    """.split()
)

PRACTICE: Final = frozenset(
    """
    abe access accident accommodation account achieving action actions address administrator
    admission adopters adoption adverse advised adviser afghanistan african agencies aid albanian
    alcohol aldi alert allegation allegations alternative always amazon american analysis annual
    antenatal antibiotics appropriate approved arab arabic area argos arrangement arrangements art
    asd asda asleep assembly assessor assistant associate asylum attachment attendance attended
    audit auditor aunt auntie aunty australian autism aware babies baby background bangladesh
    bangladeshi bank baptist barnardo's barnardos barring bed behaviour being bengali best blood
    blue body book boots border both box boys breaches brief bright brother brothers bruising buccal
    bulgarian bullet bullying bundle bus business buttle cafcass caldicott call calpol cannabis
    capacity capital caribbean carol case cases catholic cause chair chapel chapter charge charing
    check checked checklist checks chemistry chief childhood childline childs choice christmas
    chronology circle citizen citizens civic claim clare clear client clinical close closed code
    cohort colleague colleagues college comment common communication complex comprehensive computing
    concerned concert concerta conclusive concrete conditions conference consequence consultant
    context contextual contextualised continuing continuum control coordinator core cot counsel
    cousin covid credit crisis critical cross csa cse cultural culture current custody custom
    customer cystic dad daddy daily dangerous dash data date deaf dean dear decisions default delay
    dental dentist deprivation deputy designated development developmental diabetes diazepam did
    difficulties diocese direct director discharge disclosure discord discussion disguised divorce
    doctor document domestic door down drug drugs due dyadic easter eastern edition edt education
    effective egress ehcp elective electronic eligible elvanse email employment england english
    enhanced entry environmental epilepsy equal equality equity escalation europe european
    evaluation event every evidence excel excellent exceptional executive expectations experience
    experiences extended external extra fa fabricated facebook fair faith faltering family's farm
    father fathers feedback fibrosis file files final finance finding findings firearms flat
    fluoxetine following force formal forms fortnite forum foster fostering framework francais
    fraser free french friends full fund future gabapentin gangs gender generic geography german
    gillick girls good google governance governing government governor governors grade graded gran
    grandad granddad grandfather grandma grandmother grandparent grandparents granny greek grooming
    grounds growth guardian guardians guardianship guide guidelines half halloween hand handover
    harmful hate he'd head headteacher health-led hearing heavy here heritage his history holiday
    holidays homeless honour host hostel hotel hours household housing how human hungarian husband
    ibuprofen icb icpc idva illness image imam immigration imminent impact improvement inadequate
    incidents inclusion increased incredible index india indian individual indoor infant initial
    injuries injury inquest inspection inspector instagram institute insulin insurance intake
    integrated interests interim internet interpreter interview interviewing iranian iraqi ireland
    iro isle isva italian item its jobcentre joint journal jtai judge judgement judgment junction
    keep keeping key kin kinship kurdish labour lac lado landlord language last law lawyer lead's
    leader leaders league learner leave leaving legislation letter levels levonorgestrel liaison
    liberty licence licensing lidl life limited liquid liquidity liquidlogic literacy little living
    logic logs long looking lounge low magistrate main major makaton manager managers map mapping
    marac market masters mathematics maths mats matters mcdonald's mcdonalds medical medicine
    medikinet meeting meetings melatonin member memory men mentor merchant merlin message met
    methadone midazolam minecraft minibus minor minute minutes mission mo mobile model moderate
    modern mongolian month monthly months morrisons mosaic moses mother mothers motivational
    mountain much multiagency mum mummy mums munro music muslims naloxone name named nan nana nanny
    nasal national naval navy neither neonatal nepali nephew neurodevelopmental nitrous nobody
    norfolk normal notice notification notified now null nursery nursing objectives observation
    occupational off offence offender offending ofsted old older one only option options order
    orders organised our outcomes outstanding over overall overdue oversight own oxide packed
    paediatric paediatrician paediatrics page pakistan pakistani panel paracetamol parent parental
    parenting parents part partner patient pause pcn pe people perinatal period permanence
    permanency perpetrator person personal persons pharmacist photo photograph physio pip placement
    placements play playing playstation please point points police-led policies policy portal posing
    positive possession post postnatal power practitioner pre-birth pre-school pregabalin pregnancy
    prejudice premises prevent prevention principal print priority problem procedure procedures
    process professional professionals profile programmes prohibited prompt property prospective
    protective protocol prozac psychiatrist psychologist psychology psychotherapy publication pupil
    purpose purposes quality question questionnaire questions ramadan rapid rating reason
    recommended record recorder records red reduction refer reference referring reflection
    reflective refugee regional registrar regular relationship relevant religion remand remember
    removal repeat report reporter reports reposit requires research resident resource resources
    respect respite respond respondent respondents responsibility responsible restorative result
    results return returned returns revised rights rio rise risks ritalin roblox role roma romanian
    room roots rota round routine rule run russian safer safety sainsbury's salbutamol sale
    samaritans same sample santa sats scale schedule scheme science scope score scotland scout
    screening scrutineer search section's secure see seeking seizure semi-independent senco send
    sentence separate serious sertraline server services sex sgt shared sheet shift should show
    sibling siblings side sign signal significant signs sikh sikhs similar since sister sisters
    skype sleep slovak snapchat social-care society solicitor solicitors somali somalia some south
    spanish speech sport sports stalking standing start state statement states station status
    statutory stay step-down stepfather stepmother steps stop storage strategic strength strengths
    stress strong structure student studies study subgroup subject substance subutex such sudden
    sufficient suicide summary summer supervision supervisor supervisory supported survey syrian
    system systmone table take takeaway taken talking tamil tap task teacher teachers teaching
    teenager telegram telephone term tesco text thanks that their then therapist therapists
    theraplay there these they this those three thrive through tick tiktok time timely toddler
    together tomorrow too tool toolkit top topic total trading trafficking trail training transfer
    transition traveller travellers treatment trial trigger trip triple trust truth turkey turkish
    twin twitter two type uber ukrainian unaccompanied uncle under understanding undertaking union
    units unregistered update updated upon upper urdu us use usual variable venue verbal very vicar
    video vietnamese view viewpoint views violence violent virgin virtual vision visit visits voice
    vulnerability vulnerable waiting wales ward warden was we week weekly weeks well wellbeing were
    what whatsapp when where which who whole why widening wife wight winter wishes within without
    witness women word workers working worried worry would write xbox year years yes yet yoga yot
    you your youth's youtube zone zoo zoom
    """.split()
)
"""Words of practice that are written with capitals in the middle of a sentence."""

AMBIGUOUS: Final = frozenset(
    """
    abigail april art august bay ben bill bob buddy carol chase chelsea christian christie clay
    cliff colin constance courtney craig crystal daisy dale dan dawn dean dell destiny don drew
    earl eve faith flora florence frank gay gene georgia german glen grace grant harmony harry
    hazel heath heather holly honor hope hunter iris israel ivy jack jade jay jean jewel jordan
    joy june justice kerry kim lance lane lee leo lily logan lorry mark mason max may mercy miles
    nick noble norm olive paige paris pat patience pearl penny pierce poppy prudence ray reed rich
    rob robin rocky rod rory rose ross rowan royal ruby rusty sage sally sandy scott sid skip sky
    stand star sterling sue summer sunny tanya terry tina trinity tyler van verity victor victoria
    vincent viola violet wade ward warren west will willow wren
    """.split()
)
"""First names that are words as well: small, or first in a sentence, they say nothing."""

THINGS: Final = frozenset(
    """
    act award campaign conference framework initiative model operation policy procedure programme
    project protocol report review rule scheme toolkit
    """.split()
)
"""Things that are called after somebody or something, as agencies are."""

KIN: Final = frozenset(
    """
    aunt auntie aunty babies baby boyfriend brother brothers carer carers child cousin dad daddy
    daughter ex father father's foster-carer friend girlfriend gran grandad granddad granddaughter
    grandfather grandma grandmother grandson granny guardian half-brother half-sister husband
    mother mum mummy nan nana nanny neighbour nephew niece parent partner patient person sibling
    siblings sister sisters son step-brother step-dad step-father step-mother step-mum step-sister
    stepbrother stepdad stepfather stepmother stepmum stepsister student twin twins uncle wife
    worker
    """.split()
)
"""Who somebody is: a name often follows."""

SMALL: Final = frozenset(
    """
    a about after again all also although am an and another any are as at away back be because
    been before being both but by called can could did do does done down each either even ever
    every few for from get given had has have he her here hers herself him himself his how however
    i if in into is it it's its itself just later least less like made many me might more most
    must my neither never no nobody none nor not now of off often on once one only or other our
    out over own per rather she should since so some somebody someone soon still such than that
    the their them then there these they this those though through to today together too twice two
    under until up upon us very was we well were what when where whether which while who whose why
    with within without would yesterday yet you your
    """.split()
)
"""Small words, which no name is."""
