"""Documents of our own in conventions of the wide world, each with the turns it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_source
from pipeline.records import Interview
from pipeline.turns import build_interview

DOCUMENTS = Path(__file__).parent / "documents"

# file -> (convention, [role initial and the first words of each turn])
EXPECTED: dict[str, tuple[str, list[str]]] = {
    "hearing.txt": (
        "caps-period",
        [
            "i The committee will come",
            "r Thank you, Mr. Chairman.",
            "i What would you change",
            "r The inspectors.",
            "i Ambassador, did the other",
            "r Once, for an afternoon.",
            "i And what did you see",
            "r A great many empty pages.",
            "i The committee stands adjourned.",
        ],
    ),
    "hearing_mixed_case.txt": (
        "caps-period",
        [
            "i The committee will come",
            "o Do you swear",
            "r I do.",
            "i Then tell us when",
            "r It failed on the first",
            "i Did it begin",
            "r No. It began",
            "i May I ask who",
            "r The ministry, in writing.",
            "i Do you still have",
            "r I have a copy",
            "i The committee stands adjourned.",
        ],
    ),
    "first_round_bold.md": (
        "bold-question",
        [
            "i Why did the harbour",
            "r Because nobody had ordered",
            "i And did they answer?",
            "r In April, when",
            "i Would you call that",
            "r I would call it",
            "i That is a hard word.",
            "r It is a long pier.",
            "i Who pays for the",
            "r The town does,",
        ],
    ),
    "captions_tagged.vtt": (
        "given",
        [
            "i Minister, the border",
            "r On Thursday, if nobody",
            "i Is that a promise?",
            "r It is a timetable.",
            "i Who pays for it?",
            "r We do, and our",
        ],
    ),
    "captions_chevrons.srt": (
        "caps-colon",
        [
            "i Good evening. With me",
            "r Good evening.",
            "i Will the strait",
            "r As long as somebody",
            "i And who does?",
            "r Today, the alliance does.",
            "i And tomorrow?",
            "r Ask me tomorrow.",
            "i Thank you, Admiral.",
        ],
    ),
    "initials.txt": (
        "caps-colon",
        [
            "i Ambassador Thyra Orlo, how",
            "r By accident, as one",
            "i Did you know",
            "r Not a word of it.",
            "i And then the verbs?",
            "r The verbs came",
            "i Was your husband",
            "r He was. He counted",
            "i Thank you, Ambassador.",
        ],
    ),
    "briefing_mixed.txt": (
        "q-without-colon",
        [
            "r Good afternoon. I have one",
            "i Was there a payment?",
            "r There was no payment",
            "i Was there one by any other?",
            "r I will let other",
            "i Do you trust",
            "r We verify them.",
            "i How often, and by whom?",
            "r Every week, by inspectors",
            "i Thank you.",
        ],
    ),
    "panel_audience.txt": (
        "name-colon",
        [
            "i Good evening, and welcome",
            "r It was built for those",
            "r They stayed because",
            "i Let us hear the third",
            "r The third view is",
            "i I will open it up.",
            "i Would more seats",
            "r No, but they would",
            "i Has that ever changed",
            "r Once, and it took",
            "i On that note we have",
        ],
    ),
    "deposition.txt": (
        "q-without-colon",
        [
            "i Good morning. Are you still under oath?",
            "r Yes, I am.",
            "i Who closed the strait in the spring",
            "o Objection to form.",
            "r The council did, on a paper that nobody had signed.",
            "i Did the alliance know of it?",
            "r It was told by telephone.",
            "i And what did it answer --",
            "r Nothing.",
            "i Nothing at all?",
            "r It asked who was calling.",
            "i Thank you.",
        ],
    ),
    "captions_pasted.txt": (
        "chevrons",
        [
            "i hello everyone and welcome back today we talk",
            "r thank you it is good to be here",
            "i who pays for it today",
            "r well the alliance pays for the buoys and the ships",
            "i and tomorrow",
            "r tomorrow nobody has said and that",
            "i okay let's go to the lamps there were",
            "r they rust",
            "i should we have painted them",
            "r should we have i don't know",
            "i thank you",
        ],
    ),
    "radio.txt": (
        "caps-colon",
        [
            "i The last ferry left",
            "i The ticket office is open",
            "r (Speaking Estonian) I open",
            "i Do you think it has?",
            "r No. I think it reads",
            "i And what does the government",
            "i That help is coming",
            "i Paulo Reis in the ferry town",
            "i You're welcome.",
        ],
    ),
    "committee.md": (
        "bold-name",
        [
            "i Welcome to both of you.",
            "r Open on the map",
            "i Captain, what does",
            "r Time, mostly.",
            "i Did your insurers object?",
            "r They objected in writing",
            "i Dr Vale, do you agree?",
            "r I do. The silence",
        ],
    ),
    "newspaper.html": (
        "bold-question",
        [
            "i Minister, your neighbours",
            "r I call it an invoice.",
            "i You studied in Boston.",
            "r My view of the United States is the view",
            "i And Beijing, which",
            "r Beijing buys well",
            "i Would you sign with them?",
            "r Not before reading it twice.",
        ],
    ),
    "asker_only.txt": (
        "caps-colon",
        [
            "i General, is the corridor",
            "r It is safe for trains",
            "i Who would stop them?",
            "r There are three candidates",
            "i And what did the government",
            "r That they knew them",
        ],
    ),
    "first_round.md": (
        "bold-question",
        [
            "i You write that treaties",
            "r Because everybody praises",
            "i Which one of them",
            "r None that I can name",
            "i Does Europe know",
            "r Europe knows, and pretends",
        ],
    ),
    "panel.txt": (
        "name-colon",
        [
            "i Welcome to the third",
            "r Nobody guards them.",
            "i Professor Adeyemi, is that",
            "r It is fair and it is",
            "r May I come in on this?",
            "i Briefly, please.",
            "r A company cannot shadow",
            "i A question from the hall.",
            "i What should a citizen do?",
            "r Ask who owns the line",
            "i Thank you all.",
        ],
    ),
    "podcast_times.txt": (
        "name-colon",
        [
            "i Welcome back to the",
            "r Eleven. We burned nine",
            "i Why with witnesses?",
            "r Because a map that nobody",
            "i So which two survived?",
            "r The one they signed",
        ],
    ),
    "dashes.txt": (
        "dash-dialogue",
        [
            "i Captain, do you still",
            "r Every one. On Sundays",
            "i And does anybody ask",
            "r The ministry asks in winter.",
            "i Explain that to our readers.",
            "r In winter the lights",
        ],
    ),
    "clips.txt": (
        "caps-colon",
        [
            "i Good evening. Last week",
            "o The gate is shut",
            "i Minister, is it shut?",
            "r It is closed, which",
            "i What is the difference?",
            "r A closed gate has",
            "o They told us that",
            "i Who told them so?",
            "r Somebody with a louder",
            "i Thank you.",
        ],
    ),
    "evening_event.md": (
        "bold-name",
        [
            "o Good evening to all of you.",
            "i Thank you, Rector. Mirjam",
            "r It carried salt, and then",
            "i Did it ever pay?",
            "r In the years of the war",
            "i Teodor, the salt went",
            "r Upriver, by night.",
            "i Who counted it?",
            "r Nobody who could write.",
            "i Was it ever found?",
            "r Twice, and both times empty.",
            "i Thank you both.",
        ],
    ),
    "questions_set_anyhow.html": (
        "mixed-question",
        [
            "i You opened the archive in May.",
            "r Mostly tenants, looking for",
            "i And the ministries?",
            "r They sent a van.",
            "i Nobody.",
            "r You see? Nobody stopped it.",
            "i Let us turn to the maps. Were they ever",
            "r Not to me.",
            "i That is not an answer.",
            "r It is the answer of an archivist.",
            "i Would you lend them to a court?",
            "r To any court that returns",
            "i Who keeps the key now?",
            "r My deputy, and she is younger.",
        ],
    ),
    "challenges_in_bold.md": (
        "bold-question",
        [
            "i You keep the minutes of a council",
            "r For eleven years, and nobody has",
            "i That is a strange way",
            "r It is the only way I know.",
            "i Who reads the minutes?",
            "r The archivists, on rainy days.",
            "i Then the winter came.",
            "r It came early. We met in coats",
            "i You say in the book that a single comma saved",
            "r It saved two of them.",
        ],
    ),
    "numbered_magazine.txt": (
        "numbered-question",
        [
            "i What does a state forget",
            "r Its receipts.",
            "i Discuss the worst loss",
            "r The customs ledgers",
            "i Do allies share their",
            "r They share the catalogue.",
        ],
    ),
    "semicolon_lines.txt": (
        "name-colon",
        [
            "i Mr Secretary, one question",
            "r Go ahead.",
            "i Will it hold through",
            "r It will hold as long",
            "i And if one side stops",
            "r Then you will hear",
        ],
    ),
    "radio_report.txt": (
        "caps-colon",
        [
            "i The border town votes",
            "o The bell rings",
            "o I say to my daughter",
            "o She has sold plums",
            "o Who in this country",
            "o The applause was thin.",
            "i To talk about",
            "r With relief, mostly",
            "i And would they",
            "r Some of them would.",
            "i Is there a plan",
            "r There is a meeting",
        ],
    ),
    "hearing_senators.txt": (
        "caps-period",
        [
            "i The committee will come",
            "r Thank you, Mr. Chairman. With",
            "i Thank you. Senator East.",
            "i Thank you, Mr. Chairman. I come",
            "r We will get it",
            "i Senator West.",
            "i I have only one.",
            "r Senator, it is",
            "i I will take that",
            "i The committee stands",
        ],
    ),
    "fireside.txt": (
        "q-without-colon",
        [
            "i Good afternoon, everyone.",
            "r They are one purse.",
            "i And why is that?",
            "r Money, contracts",
            "r May I come in",
            "i Please.",
            "r The committees came",
            "i Let us go to",
            "i Thank you. Does",
            "r It pays in autumn",
            "i The lady over there?",
            "i Is there a plan",
            "r There is a committee",
            "i That is a sober",
        ],
    ),
    "podcast_chapters.txt": (
        "label-line",
        [
            "i Hello, and welcome",
            "r The wind, according",
            "i Is there a second",
            "r There were two",
            "i And who keeps",
            "r Whoever does not",
        ],
    ),
    "alliance_officers.txt": (
        "name-colon",
        [
            "o Good afternoon. The",
            "r Thank you. Ministers",
            "o We start in",
            "i Is the gate off",
            "r It is under",
            "i And who pays",
            "r All of us",
        ],
    ),
    "meeting_captions.txt": (
        "name-colon",
        [
            "i Good afternoon. Ambassador,",
            "r The paper is excellent.",
            "r Hello? I was",
            "i Welcome. What would",
            "r The clause on fishing",
        ],
    ),
    "video_page.txt": (
        "chevrons",
        [
            "r the sea does not",
            "i welcome back to the",
            "r you light no lamps",
            "i did the alliance",
            "r it asked in February",
            "i thank you for coming in",
        ],
    ),
    "captions_marked.vtt": (
        "chevrons",
        [
            "i Good evening, and welcome",
            "r Thank you for having",
            "i How many ships",
            "r Nine. On a better",
            "i Joining us from",
            "r Nine is what a fleet",
            "i Are they paid for?",
            "r Until the spring.",
        ],
    ),
    "review_capitals.txt": (
        "caps-colon",
        [
            "i You begin the diary",
            "r Because a war is",
            "i And what did it send?",
            "r A letter.",
            "i To whom was the",
            "r To the gatekeeper.",
        ],
    ),
    "roundtable_questions.txt": (
        "label-line",
        [
            "i Does the armistice",
            "r It binds nobody",
            "r Not for a day.",
            "r The signatures are dry.",
            "i Should the West",
            "r Late is when",
            "r There is a line",
            "r Only if it means",
        ],
    ),
    "newsletter_numbered.txt": (
        "numbered-question",
        [
            "i You have written",
            "r They work overnight",
            "i What happens to a ship",
            "r It rusts",
            "i Then why do",
            "r It photographs well",
            "i (A follow-up.)",
            "r One, on a ferry",
        ],
    ),
    "journal_initials.txt": (
        "caps-colon",
        [
            "i I would like to begin",
            "r It shaped all of it.",
            "i But on war",
            "r I take the objection",
            "i Is the alliance",
            "r It is a whole room",
        ],
    ),
    "first_round_page.txt": (
        "magazine",
        [
            "i Adviser, the mission",
            "r Because this time",
            "i Is it fair",
            "r It is fair in",
            "i And if the mission ends?",
            "r Then the sea",
        ],
    ),
    "radio_two_way.txt": (
        "caps-colon",
        [
            "i The harbor towns vote",
            "o The lamps on the quay",
            "o They ask me where",
            "o Nobody on the quay",
            "i With us now",
            "r Good morning.",
            "i Who cleared the mines",
            "r Three navies did",
            "o We found the mines.",
            "r And you have to wonder",
            "i Do they know?",
            "r They know, and they",
            "i Rosa Lindt, thank you.",
            "r You're welcome.",
        ],
    ),
    "hearing_members.txt": (
        "caps-period",
        [
            "i The committee will come",
            "r Thank you, Mr. Chairman.",
            "i Senator Moss.",
            "i Thank you, Mr. Chairman. I have a letter",
            "r That two ships",
            "i I would rather see",
            "r You will have it",
            "i Senator Quist has waited",
            "i I have only one point",
            "r Please. He laid",
            "i Mr. Orr, how long",
            "r Eleven days",
            "i And where it does not?",
            "r Then it takes a winter.",
            "i Did anybody count",
            "r We counted forty.",
            "i Forty is a good many",
            "r It is.",
            "i The committee stands",
        ],
    ),
    "inquiry.txt": (
        "q-without-colon",
        [
            "i Envoy, you kept a diary",
            "r It is.",
            "i Who else read it?",
            "r My driver, I believe.",
            "i Can I stop you there.",
            "r He told me in the spring",
            "o My Lady, I rise only",
            "i I am grateful. Did you",
            "r I did not need to.",
            "i Why not?",
            "r His dates were right.",
            "i Ten minutes, then.",
            "r Thank you.",
        ],
    ),
    "conference_last_question.txt": (
        "caps-colon",
        [
            "r Good afternoon. We signed",
            "i Mr. President, who will",
            "r Both coast guards will",
            "i And on Sundays?",
            "r On Sundays we will trust",
            "o Colleagues, one more",
            "i Will your neighbour sign",
            "r He has borrowed my pen.",
        ],
    ),
    "podcast_advert.txt": (
        "name-colon",
        [
            "i Welcome back to the long",
            "r They were held in winter",
            "i We will take a short break.",
            "o The long table is brought",
            "i And we are back.",
            "r The hosts do, since",
            "i Thank you.",
        ],
    ),
    "webinar.txt": (
        "name-colon",
        [
            "o The recording is on.",
            "i Thank you. Good afternoon",
            "r Good afternoon.",
            "i You write that the dam",
            "r It is a letter in concrete.",
            "i It has not, as far",
            "r It has answered with a second",
            "i We have to stop there.",
            "o By Tuesday.",
            "i By Tuesday. Goodbye.",
        ],
    ),
    "panel_chair.txt": (
        "name-colon",
        [
            "i Welcome to the panel.",
            "r The ships have changed",
            "r I would not put it so.",
            "r I want it signed.",
            "r It is, of that navy.",
            "i Who pays for the buoys",
            "r Whoever hits them.",
            "i Thank you both.",
        ],
    ),
    "table_colons.csv": (
        "given",
        [
            "i What did the instructions",
            "r A table with the votes",
            "r And one empty line",
            "i Who filled it in?",
            "r I did. In pencil.",
            "r He means in ink.",
        ],
    ),
    "speech.md": ("caps-colon", ["r Friends and neighbours"]),
    "no_interview.txt": ("none", ["o The fog came in before noon"]),
}


def _read(name: str) -> Interview:
    source = read_source(DOCUMENTS / name)
    return build_interview(source, interview_id="x", settings=load_settings().segment)


@pytest.mark.parametrize("name", EXPECTED)
def test_turns_and_roles_of_an_unseen_document(name: str) -> None:
    interview = _read(name)
    speakers = interview.speaker_by_id()
    convention, expected = EXPECTED[name]
    starts = [text[2:] for text in expected]
    found = [
        f"{speakers[turn.speaker_id].role[0]} {turn.text[: len(start)]}"
        for turn, start in zip(interview.turns, starts, strict=False)
    ]
    assert found == expected
    assert len(interview.turns) == len(expected)
    assert interview.convention == convention


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("newspaper.html", ["weekly letter", "country profile", "ten longest", "staff writer",
                            "privacy", "lighthouse", "On China", "edited for length"]),
        ("radio.txt", ["SOUNDBITE", "All rights", "Heard on"]),
        ("hearing.txt", ["Whereupon", "Laughter", "pursuant"]),
        ("numbered_magazine.txt", ["About the author", "Lena Brandt", "Five questions"]),
        ("challenges_in_bold.md", ["These papers", "Editor", "Both shores", "Smit, A.", "Enjoyed"]),
        ("evening_event.md", ["Great Hall", "historian", "Head of", "Doors"]),
        ("committee.md", ["Examination of witnesses", "Oral evidence"]),
    ],
)  # fmt: skip
def test_furniture_stays_out_of_speech(name: str, words: list[str]) -> None:
    spoken = "\n".join(turn.text for turn in _read(name).turns)
    assert [word for word in words if word in spoken] == []


def test_a_text_without_speakers_is_kept_whole_with_a_warning() -> None:
    interview = _read("no_interview.txt")
    assert [speaker.role for speaker in interview.speakers] == ["other"]
    assert [turn.kind for turn in interview.turns] == ["statement"]
    assert "no speaker label found" in interview.warnings[0]


def test_short_names_in_radio_transcripts_are_the_long_ones() -> None:
    names = [speaker.name for speaker in _read("radio.txt").speakers]
    assert names == ["JUNE HALLORAN", "PAULO REIS", "MIRA KOSS"]


def test_a_colon_behind_a_name_in_a_table_makes_no_new_speaker() -> None:
    assert len(_read("table_colons.csv").speakers) == 3


@pytest.mark.parametrize(
    ("name", "speakers"),
    [
        ("clips.txt", ["ADA MOSS", "NEWS CLIP", "FORMER MINISTER", "BARGEMAN"]),
        ("evening_event.md", ["RECTOR", "MODERATOR", "MIRJAM ORLO", "TEODOR HALE-BRANDT"]),
    ],
)
def test_spellings_of_one_name_are_one_speaker(name: str, speakers: list[str]) -> None:
    assert [speaker.name for speaker in _read(name).speakers] == speakers


def test_time_codes_become_seconds() -> None:
    starts = [turn.start_s for turn in _read("podcast_times.txt").turns]
    assert starts == [3.0, 15.0, 24.0, 26.0, 41.0, 44.0]
