"""Word lists of our own, by which a person's name is told from other words with capitals.

A list of every name is impossible and would be unkind to the unusual ones: these speak for and
against, and what stands around a word decides.
"""

from typing import Final

FIRST_NAMES: Final = frozenset(
    """
    aaliyah aaron abdul abdullah abigail adam adrian ahmed aidan aisha alan albert alex alexander
    alfie ali alice alicia alison amanda amelia amina amir amy ana andrea andrew angela anita ann
    anna anne anthony anya archie arthur arun ashley asif ava barbara beatrice ben benjamin
    bethany blessing brian bridget callum cameron caroline catherine charles charlie charlotte
    chloe chris christine christopher claire colin connor courtney craig daisy dan daniel daniela
    danielle darren david dawn dean deborah deepa denise diana dominic donna dylan edith edward
    eleanor elena elijah elizabeth ella ellie emily emma eric erin ethan eva eve evelyn evie
    fatima fiona florence frances frank freddie freya gareth gary gavin gemma geoffrey george
    georgia gillian grace graham grzegorz hamza hannah harriet harrison harry hassan hayley
    heather helen henry holly hussain ian ibrahim imogen imran isaac isabel isabella isla ivy jack
    jacob jade jake james jamie jan jane janet jasmine jason jayden jean jennifer jeremy jessica
    jill joan joanna joanne joe joel john jonathan jordan joseph josh joshua joyce judith julia
    julian julie kai karen kate katherine kathleen katie kayleigh keith kelly kenneth kerry kevin
    khadija kieran kim kirsty krzysztof kyle laura lauren leah leanne lee leo leon lesley lewis
    liam lily linda lindsay lisa logan louis louise lucas lucy luke lydia mabel maisie malik
    marcus margaret maria mariam marie marion mark martha martin mary maryam mason matilda matthew
    max maya megan mia michael michelle mila millie miriam mohamed mohammad mohammed molly
    muhammad mustafa naomi natalie natasha nathan neil niamh nicholas nicola nigel noah noor
    oliver olivia omar oscar owen pamela patricia patrick paul paula pauline peter philip phoebe
    piotr poppy priya rachel ralph ravi raymond rebecca reece reuben rhys richard riley robert
    robin roger ronald rory rosie ross roy ruby russell ruth ryan saad sally sam samantha samira
    samuel sandra sara sarah scarlett scott sean sebastian shane shannon sharon sheila shirley
    sian simon sofia sophia sophie stacey stanley stephanie stephen steven stuart susan suzanne
    tanya teresa terry thea theo theodore thomas tim timothy tina toby tom tomasz tony tracey
    trevor tyler valerie vanessa victoria vincent violet wendy william willow yasmin yusuf zachary
    zahra zainab zara zoe
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
    abe access accident achieving action actions address administrator admission african agencies
    aid alcohol alert allegation allegations always analysis annual appropriate arab arabic area
    arrangement arrangements asd assessor assistant associate attendance audit auditor aunt auntie
    aunty autism babies baby bangladeshi bank barring behaviour being bengali best blood body book
    border both box boys breaches brief bright brother brothers bruising bulgarian bullying bundle
    business cafcass call cannabis capacity capital caribbean case cases catholic cause chair
    chapter charing check checked checklist checks chief childs choice christmas chronology circle
    citizen citizens claim clare clear client clinical close closed code cohort college comment
    common communication comprehensive concerned conference consultant context contextual
    continuum control coordinator core cousin covid credit critical cross csa cse cultural culture
    current custody custom customer dad daddy daily dangerous dash data date deaf dean decisions
    default delay dental dentist deputy designated development did diocese direct director
    discharge disclosure discussion divorce doctor document domestic door drug drugs easter
    eastern edition edt effective egress ehcp elective electronic eligible email employment
    england english enhanced entry equality equity escalation europe european evaluation event
    every evidence excel excellent exceptional executive expectations experience extended external
    extra fabricated facebook fair faith family's father fathers feedback file files final finance
    finding findings following formal forms forum foster fostering framework francais fraser free
    french full fund future gangs gender german gillick girls good google governance governing
    government governor governors grade graded gran grandad granddad grandfather grandma
    grandmother grandparent grandparents granny greek grooming guardian guardians guardianship
    guide guidelines half halloween hand harmful hate head headteacher hearing heavy here heritage
    his history holiday holidays homeless honour host hours household how human hungarian husband
    icb icpc idva image imminent impact improvement inadequate incidents inclusion increased index
    indian individual infant injury inquest inspection inspector instagram institute insurance
    integrated interests interim internet interpreter interview iranian iraqi ireland iro isva
    italian item its jobcentre joint journal jtai judge judgement judgment keep keeping key kin
    kinship kurdish labour lac lado language last law lawyer lead's league learner letter levels
    liaison licence life liquid liquidlogic literacy little living logic long looking low
    magistrate main major manager managers map mapping marac market masters matters meeting
    meetings member memory men mentor message met minute minutes mission mobile model moderate
    modern month monthly mosaic mother mothers much multiagency mum mummy mums munro muslims name
    named nan nana nanny nasal national neither neonatal nepali nephew nobody norfolk normal
    notice notification notified now null nursing objectives observation occupational off offence
    offender offending ofsted old older one only option order orders organised our outcomes
    outstanding over overall oversight own paediatric paediatrician page pakistani panel parent
    parental parenting parents part partner patient pause pcn people perinatal period permanence
    permanency perpetrator person personal persons photo photograph physio pip placement
    placements please point points policies policy portal posing positive possession postnatal
    power practitioner pre-birth pre-school pregnancy prejudice premises prevent prevention
    principal priority problem procedure procedures process professional professionals profile
    prohibited property protective protocol psychiatrist psychologist psychology pupil purpose
    purposes quality question questions ramadan rapid rating reason record records reduction
    reference referring reflection reflective refugee regional regular relationship relevant
    religion remand repeat report reporter reports reposit requires research resident resource
    resources respect respond respondent respondents responsibility responsible restorative result
    results return returned returns rights rio rise risks role roma romanian room roots rota round
    rule run russian safer safety sale same sample santa scale schedule scheme science scope score
    scotland screening scrutineer search section's secure see seeking senco send sentence separate
    serious services sex shared sheet shift should show sibling siblings side sign significant
    signs sikh similar since sister sisters skype sleep slovak snapchat society somali some south
    spanish speech sport stalking standing start state statement states station statutory stay
    step-down stepfather stepmother steps stop strategic strength strengths stress strong
    structure student studies study subject substance such sudden sufficient suicide summary
    summer supervision supervisor supervisory survey syrian system systmone table take takeaway
    taken tamil task teacher teachers teaching teenager telephone term text thanks that their then
    therapist therapists there these they this those three thrive through tiktok time timely
    together tomorrow too tool toolkit top topic total trading trafficking trail training
    transition traveller travellers treatment trial trigger triple truth turkish twin twitter two
    type ukrainian uncle under understanding undertaking union units update upon urdu us use usual
    variable venue verbal very video vietnamese view viewpoint views violence virtual vision visit
    visits voice vulnerability vulnerable waiting wales was we week weekly weeks well were what
    whatsapp when where which who whole why widening wife wight winter within witness women word
    workers working worried worry would write year years yes yet yoga yot you your youth's youtube
    zone zoom
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
