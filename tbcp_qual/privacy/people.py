"""The words by which people are told from other capitalised words: names we know, titles, kin, work, what people do."""

from tbcp_qual.privacy.wording import word_set, words_of


def _list(file: str) -> tuple[frozenset[str], frozenset[str]]:
    words = [word for line in words_of(file) for word in line.split()]
    return frozenset(word.rstrip("*") for word in words), frozenset(word[:-1] for word in words if word.endswith("*"))


FIRST_NAMES, WORDLIKE_FIRST_NAMES = _list("first_names.txt")
"""First names we know, and those of them that are also words, months, places or firms."""
SURNAMES, WORDLIKE_SURNAMES = _list("surnames.txt")
"""Surnames we know, and those of them that are also words, first names or places."""
SECOND_NAMES = word_set(
    "Ann Anne Belle Beth Blu Boy Dee Elle Fae Faye Grace Hope Ibrahim Jade Jai James Jane Jay Jean Jo John Joy Kate Lea"
    " Lee Leigh Lou Louise Lynn Mae Mai Maria Marie Mary May Mia Paul Rae Ray Rayne Rose Ruby Sue Skye Ul Una Wren"
)
"""What stands second in double first names."""
SMALL_LETTER_NAMES = {name.lower(): name for name in FIRST_NAMES - WORDLIKE_FIRST_NAMES if len(name) > 3}
"""First names that may stand in small letters, as hurried notes have them."""
TITLES = word_set(
    "Mrs Mr Ms Miss Mx Dr Doctor Prof Professor Nurse Sister Matron PC DC DS DI WPC PCSO Sgt Sergeant Inspector"
    " Constable Rev Reverend Father Pastor Imam Rabbi Cllr Councillor Judge Justice Sir Lady Dame Lord Baroness"
    " Auntie Aunty Aunt Uncle Nana Nan Nanna Nanny Nannie Granny Gran Grandma Grandad Grandpa Granddad Midwife Madam"
    " Mister"
)
"""Words in front of a name that make a name of almost any capitalised word."""
WEAK_TITLES = word_set(
    "Baby Mum Mummy Dad Daddy Mother Son Daughter Partner Husband Wife Brother Sister Child Twin Cousin Friend"
    " Worker Visitor Practitioner Keyworker Manager Supervisor Consultant Social Patient Client Parent Carer"
    " Interviewer Facilitator Named Unborn Stepdad Stepmum Grandmother Grandfather MGM PGM MGF PGF FOB SW HV KW IDVA"
    " GP"
)
"""Words that may stand in front of a name with a capital, as in headings; only a name we know counts after them."""
DOTTED = word_set("Mrs Mr Ms Dr Prof Rev Sgt Cllr St")
KIN = word_set(
    "son daughter baby babies partner husband wife boyfriend girlfriend fiancé fiance fiancée fiancee brother"
    " sister mum mam mom mother dad father friend mate neighbour neighbor cousin niece nephew gran nan nana nanna"
    " nanny grandma grandad granddad granny grandpa aunt auntie aunty uncle stepson stepdad stepmum stepdaughter"
    " stepfather stepmother grandson granddaughter grandmother grandfather grandchild twin twins toddler eldest"
    " oldest youngest ex ex-partner ex-husband ex-boyfriend half-brother half-sister sibling siblings kids children"
    " boy girl lad bestie mother-in-law father-in-law sister-in-law brother-in-law godmother godfather"
)
"""Words for kin and friends, after which a capitalised word is their name."""
PEOPLES = word_set(
    "afghan albanian algerian amharic arab ashkenazi bangla bosnian brummie buddhist bulgarian cambodian cameroonian"
    " christian congolese cornish croatian cypriot czech dari danish dutch egyptian english eritrean ethiopian farsi"
    " filipino fijian french gambian geordie german ghanaian greek gurkha hausa hebrew hungarian igbo indonesian irish"
    " israeli ivorian jamaican japanese javanese kashmiri kenyan korean krio lebanese libyan lingala malawian malay"
    " malayalam malaysian mandarin marathi methodist moroccan muslims ndebele nepali oromo orthodox palestinian pashto"
    " pashtun patois pentecostal persian quaker quechua rastafarian rwandan sami scouser serbian shona sikhs sinhala"
    " somalian somalis sotho swahili swede swiss sylheti tagalog telugu thai tibetan tigrinya tunisian turk twi ugandan"
    " uzbek wolof xhosa yemeni yiddish yoruba zambian zimbabwean zulu aries taurus gemini virgo libra scorpio"
    " sagittarius capricorn aquarius pisces labour tory tories"
)
"""Peoples, languages, faiths and the like, in lower case: what somebody is rather than what they are called."""
WORK = word_set(
    "midwife visitor worker nurse practitioner doctor gp teacher manager psychologist therapist counsellor"
    " keyworker supervisor officer solicitor interpreter consultant paediatrician coordinator co-ordinator advocate"
    " volunteer facilitator colleague landlord physio student lady woman man bloke guy girl named guardian judge"
    " chair social hv sw kw carer childminder mentor doula receptionist fella feller lass chap lads lead housemate"
)
"""Words for people at work, after which a capitalised word is usually their name."""
DOING = word_set(
    "said says told tells asked asks rang rings phoned came comes went goes thought thinks wants wanted cried cries"
    " slept sleeps smiled smiles laughed laughs visited texted emailed replied explained suggested felt feels hugged"
    " held settled woke wakes sat screamed giggled helped helps knew knows loves loved hates picked brought noticed"
    " listened agreed wasn't isn't didn't doesn't won't couldn't kept gets got attended refused reported disclosed"
    " stated moved lives left"
)
"""What people do; after a word that may be a name, it is one."""
HUMAN_DOING = word_set(
    "said cried cries slept sleeps smiled smiles laughed laughs hugged giggled screamed woke wakes crying sleeping"
    " smiling breastfed vomited weaned teething crawling"
)
"""What only people do: even an unknown capitalised word before it is a name."""
BELONGING = word_set(
    "mum mam mother dad father nan nana gran grandma grandad brother sister siblings partner birthday cot bottle"
    " weight sleep development baby son daughter school nursery health bedroom behaviour bruise face pram nappy"
    " feeds feeding auntie aunt uncle girlfriend boyfriend husband wife house flat foster social worker midwife key"
    " dad's mum's family parents appointment referral case file speech hand arm first"
)
"""What belongs to somebody: Xanthe's mum."""
NOT_SOMEBODY = word_set(
    "theory bottle bottles basket scale score scores syndrome disease test method model programme program technique"
    " inventory questionnaire award index approach sponge cross law line day reflex manoeuvre score's foundation"
    " report review report's"
)
"""What is called after somebody: a word before it names no person here."""
ORGANISATIONS = word_set(
    "hospital ward street road avenue lane close drive crescent terrace grove gardens house park court square"
    " service services team centre center group programme project trust foundation council school nursery academy"
    " college university church chapel mosque clinic surgery practice unit hub society association charity bank"
    " credit act scale scheme plan order fund institute health care ltd limited plc award inquiry review model"
    " theory method day night week primary infants junior high infirmary hospice estate station inn arms hotel"
    " library rd st ave place way hill view green row cottage tower towers housing homes cup market shop store café"
    " cafe restaurant festival fm radio tv news stadium united rovers city town county community trading products"
    " food foods beach island bay valley river medical family families royal general star stars start"
)
"""Words that make the capitalised words before them the name of a place or a body."""
CALLED_THINGS = word_set(
    "programme program group book app course thing place café cafe service charity scheme tool drug film song show"
    " cream toy class model project estate town village team company shop game pub street road hospital school"
    " nursery ward website page centre approach form site organisation cat dog medicine rabbit hamster puppy kitten"
    " pet condition syndrome disease device system medication tablet tablets formula brand software training week"
    " session workshop platform band"
)
"""What is called something without being somebody."""
PLACE_BEFORE = word_set("in at near from to via around outside through toward towards into")
"""Words before a place; a name that is also a place is not somebody after them."""
SUBJECTS_OF_NAMING = word_set("called named nicknamed christened")
GREETINGS = (
    "this is",
    "that's",
    "it's",
    "i'm",
    "i am",
    "hi",
    "hello",
    "thanks",
    "thank you",
    "cheers",
    "bye",
    "morning",
    "dear",
    "it was",
    "hiya",
    "alright",
    "ok",
)
"""What is said just before somebody's name; only a name we know counts after it."""
FULL_NAMING = (
    "name is",
    "name's",
    "names are",
    "name was",
    "known as",
    "goes by",
    "names were",
    "names is",
    "name:",
    "signed",
)
"""What is said just before a name, whatever it is."""
MONTHS_AND_PLACES = word_set(
    "May June April August Summer Autumn Winter Paris Jordan Chelsea London India Georgia Victoria Preston Lincoln"
    " Chester Kent Devon Sydney Florence Rome Austin Troy Barry Kerry Shannon Leighton Harlow Beverley Savannah"
    " Christian Jan Sky Sage Ford Jubilee Junior Trinity Star Phoenix Dale Bolton Ash Hope Faith Art Mark Will Peace"
    " Gift Comfort Prince Princess Angel Frank Bill Guy Rich Don Em Shell Trace"
)
"""Word-like names that stand with a capital often enough without being somebody, so that one more sign is wanted."""
BEING = word_set("is was has had isn't wasn't hasn't would did does just never always also still really and or who")
"""What often follows a name; after a modal verb or a flower it does not stand."""
NOT_SOMEBODY_BEFORE = word_set("the a an this that some no any every each")
"""After these a word-like name is the word."""
CITING = word_set(
    "say says argue argues argued find finds found suggest suggests suggested define defines propose proposed write et"
)
"""What cited authors do; two bare surnames before it are a reference."""
MONTHS = word_set("May June April August Jan Jun Mar Jul")
"""First names that are months, or short for one."""
