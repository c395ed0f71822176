"""The words by which labels, titles and questions are known."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Read a table of words parted by spaces."""
    return frozenset(text.split())


QUESTION_WORDS = words("q question questions reporter reporters journalist press media frage")
FLOOR = QUESTION_WORDS | {"questioner", "audience"}  # who asks without a name of his own
# before "question", or alone: who asks once more; "Zuruf" is what is called out
FOLLOW_UPS = words(
    "supplementary follow-up followup zusatzfrage nachfrage zusatz zuruf zwischenruf"
)
REMARKS = words("remark comment")  # from the floor, where "Question" is as well
MASTERS = words("mc emcee")  # of ceremonies, beside Q and A
ANSWER_WORDS = words("a answer response reply")
INTERVIEWERS = words(
    "interviewer interviewers moderator host cohost co-host anchor presenter correspondent "
    "questioner audience examiner facilitator student int iv mod chairman chairwoman "
    "chairperson byline reporting chair counsel attorney newscaster newsreader"
)
# who reads the news: the host of a broadcast, or a voice on tape in another's talk
NEWSREADERS = words("anchor presenter newscaster newsreader")
RESPONDENTS = words("interviewee interviewees respondent guest witness expert resp")
OTHERS = words(
    "male female narrator narration voiceover voice-over announcer operator interpreter "
    "translator aide staff clerk video clip audio advertisement videographer stenographer "
    "bailiff members soundbite montage announcement waiter waitress barista receptionist"
)
DEVICES = words("iphone ipad")  # by which a meeting's guest is called who has not given a name
# bodies whose officers have labels without a name, "NATO Secretary General"
BODIES = words(
    "nato eu un us u.s uk u.k osce white house european commission council state department"
)
# what stands last in the label of somebody who serves the talk, "Events Desk"
STAFF = words("desk operator interpreter translator videographer stenographer technician clip")
# who serve a press conference, and may give the floor in it
AIDES = words("staff aide staffer")
# who is only described, "Woman", as people in the street are
STRANGERS = words("woman man boy girl child resident protester protesters passer-by crowd")
# parts that stand in brackets behind a name, "NAME (Host)"
PARTS = words("host cohost co-host moderator interviewer facilitator interviewee guest respondent")
# words that say nothing of the role beside one that does: "Unidentified male", "News clip"
GENERIC = words(
    "member unidentified senior the our speaker some hon honourable honorable news archive "
    "archival archived taped"
)
# parts behind a reporter's name, who may ask, narrate, or be asked by the host
REPORTERS = words("byline reporting correspondent reporter")
CHAIRS = words("chair chairman chairwoman chairperson vorsitzende vorsitzender")
LEGISLATORS = words("senator sen congressman congresswoman representative rep lord lady baroness")
TITLES = words(
    "mr mrs ms miss mx dr prof professor sir lord lady dame president vice prime minister "
    "secretary general chancellor senator sen congressman congresswoman representative rep gov "
    "governor ambassador amb chairman chairwoman chair foreign defense defence deputy assistant "
    "admiral colonel captain major lieutenant gen col king queen prince princess pope hon "
    "honorable honourable federal state mister madam undersecretary under director premier "
    "commissioner speaker judge justice spokesman spokeswoman spokesperson first acting former "
    "the high chief vorsitzende vorsitzender"
)
SHORT_TITLES = {
    "fmr": "former", "pres": "president", "amb": "ambassador", "gen": "general",
    "sec": "secretary", "adm": "admiral", "capt": "captain", "lt": "lieutenant",
    "asst": "assistant", "vors": "vorsitzende",
}  # fmt: skip
PARTICLES = words(
    "of the for and de la du des van von der den bin ibn al el di da dos do y e del le to on in "
    "at from with as ben abu"
)
# particles that open a family name in lower case, "van NAME"
NAME_PARTICLES = words(
    "de du des della di da das dos van von zu zur af av ter ten tot den der la le bin ibn al el"
)
# words that a heading ends with, "EXPERT ROUNDTABLE"
KINDS_OF_TALK = words(
    "roundtable interview transcript briefing podcast debate symposium webinar hearing conference "
    "session results"
)
# by which those call themselves and the other who transcribe their own talks
SELVES = words("i me myself")
PARTNERS = words("her him he she they them you")
# words that open statements or page furniture, never a label
NOT_LABELS = words(
    "participants panelists panellists speakers proceedings welcome discussion chapters "
    "opening prepared statement testimony panel debate interview interviews conversation hearing "
    "session podcast live report feature "
    "special review event roundtable discussion essay profile transcript "
    "note notes update example examples look listen see remember first second secondly third "
    "thirdly fourth fifth firstly finally lastly also again fact facts conclusion result "
    "results today tomorrow yesterday now well yes no okay ok so but and or because if when "
    "then therefore however moreover summary source sources photo photos image credit caption "
    "advertisement related read watch click subscribe follow share tags topics published "
    "updated posted date time location place venue title subject re warning important remarks "
    "transcript transcription legend background contents introduction chapter part section step "
    "option figure table "
    "link website email tel phone http https copyright correction corrections clarification "
    "disclaimer exported downloaded uploaded recorded transcribed generated "
    "breaking exclusive opinion analysis duration programme program series episode here there "
    "this that these those my our your his her their its i we you he she they it what why how "
    "who where which let to in on at by is are was were do does did one two three four five point "
    "points problem question-and-answer lesson lessons issue issues restrictions accession "
    "abstract keywords biographical appearances reported exhibit exhibits foto fotos subjects dear "
    "yours sincerely regards warmly cordially as with audiotape audiotaped "
    "videotape videotaped copyedited text excerpt excerpts thema themen quelle herausgeber"
)
# what stands in brackets behind "Question" and is nobody's name
NOT_ASKERS = words(
    "arabic bengali chinese czech danish dutch english farsi finnish french german greek hebrew "
    "hindi hungarian italian japanese korean mandarin pashto persian polish portuguese russian "
    "spanish swedish turkish ukrainian urdu male female inaudible off-mic unidentified continued "
    "follow-up followup translated interpreted translation interpretation repeated laughter "
    "audience online microphone crosstalk via reuters bloomberg politico xinhua tass"
)
IMPERATIVES = words(
    "identify examine assess describe discuss explain evaluate analyze analyse compare outline "
    "tell walk talk elaborate summarize summarise define comment share provide explore "
    "highlight name speak expand clarify characterize characterise imagine rank contrast sketch "
    "unpack trace reflect interpret predict estimate list introduce address justify recount "
    "recall remind illustrate consider take help give paint start break"
)
# family names that stand first and are words of English as well: "He Yan", "So Min"
SURNAMES = words("he she you so an do")
# verbs that open statements as well: they ask only with an object such as "us" behind them
NEEDS_OBJECT = words("take help give paint start break consider share talk speak")
# nouns that say what somebody is by office or trade
OFFICES = words(
    "academic activist adviser advisor admiral aide ambassador analyst anchor anthropologist "
    "author broadcaster captain chair chairman chairwoman chancellor chief colonel columnist "
    "commander commissioner congressman congresswoman consultant correspondent counsel delegate "
    "demographer "
    "deputy diplomat director economist editor engineer envoy executive expert fellow founder "
    "general governor head historian host investigator journalist judge king lawmaker lawyer "
    "leader lecturer legislator lieutenant major mayor member minister mp negotiator officer "
    "official parliamentarian physicist philosopher politician premier president presenter "
    "producer professor prosecutor queen reporter representative researcher scholar scientist "
    "secretary senator sociologist specialist spokesman spokesperson spokeswoman strategist "
    "student teacher theorist trader treasurer undersecretary veteran volunteer writer"
)
# words before an office that belong to the sentence around it
AROUND_OFFICES = words(
    "with to by from at is was are were be been as that when while because and but or if then so "
    "spoke speak speaks asked joined interviewed welcome guest today here now me i you he she they "
    "we my our your his her their its says said told tells thank thanks like introduce have has "
    "had meet met between per asks hear heard"
)
