"""What stands in the tables that hold one fact a row: their columns, in order."""

from __future__ import annotations

from pipeline.write.columns import (
    ATTRIBUTED,
    CODES,
    COMPONENTS,
    COUNTED,
    DATE,
    INTERVIEW_ID,
    JUDGE,
    OF_UNIT,
    PLACE,
    TEXT,
    WHO,
    Table,
    columns,
)

INTERVIEWS = Table(
    "interviews",
    "one interview",
    (
        *INTERVIEW_ID,
        *columns(title="of the interview"),
        *DATE,
        *columns(
            series="where it appeared",
            url="of the original",
            licence="of the transcript",
            language="ISO 639 code",
            source_format="txt, md, html, ...",
            sha256="of the transcript's bytes",
            convention="how speakers are marked in the transcript",
            convention_confidence="how well the convention explains the whole document, 0 to 1",
            warnings="what a reader should check by hand, joined by |",
            speakers="voices, of any role",
            respondents="voices that answer",
            turns="of any speaker",
            questions="turns that ask",
            answers="turns that answer",
            words="of all turns",
            units="sentences of all turns but asides",
        ),
        *COMPONENTS,
        *columns(
            claims_fact="claims about what is, was, will be or causes what",
            claims_value="claims that something is good, bad, right, dangerous, ...",
            claims_policy="claims about what should or must be done",
            entities="mentions by name: actors, places, people, ...",
            references="pronouns and nouns that stand, or may stand, for an actor",
            references_resolved="of these, those whose actor was found",
        ),
        *COUNTED,
    ),
)

SPEAKERS = Table(
    "speakers",
    "one speaker of one interview; codes are counted for respondents only",
    (
        *INTERVIEW_ID,
        *DATE,
        *WHO,
        *columns(
            affiliation="where it is known",
            country="ISO 3166 code, where it is known (pandas reads NA, Namibia, as missing unless "
            "keep_default_na=False)",
            turns="of the speaker",
            words="of the speaker",
            units="sentences of the speaker",
        ),
        *COMPONENTS,
        *COUNTED,
    ),
)

QUESTIONS = Table(
    "questions",
    "one question, with what its answers hold",
    (
        *INTERVIEW_ID,
        *DATE,
        *columns(question_id="turn that asks; joins the question_id of other tables"),
        *WHO,
        *columns(
            position="1 for the interview's first question",
            text=TEXT,
            words="of the question",
            answers="turns that answer it",
            answer_words="of these turns",
        ),
        *COMPONENTS,
        *COUNTED,
    ),
)

UNITS = Table(
    "units",
    "one unit (a sentence) of any speaker; codes stand where the unit was judged",
    (
        *OF_UNIT,
        *columns(
            turn_kind="question, answer or statement",
            position="1 for the interview's first unit",
            start="first character of the unit in its turn, from 0",
            end="character after its last",
            text=TEXT,
        ),
        *CODES,
        *columns(
            component_probability="calibrated, of the component given",
            component_abstained="True where the model would not decide the component; empty where "
            "the unit was not judged",
            component_source=JUDGE,
            own_stance="favor, against, neutral or abstained; not_about where the unit is not "
            "about the bloc; empty where it was not judged; the most probable where there are "
            "several (all stand in stances.csv)",
            target_text="the words that name the target; empty where it is only meant",
            target_actor="who is meant",
            stance_probability="calibrated, of the polarity given",
            stance_flags="as in stances.csv",
            stance_source=JUDGE,
            own_n="own stances in the unit, also those that the model would not decide",
        ),
        *ATTRIBUTED,
        *columns(entities="mentions by name in the unit"),
    ),
)

CLAIMS = Table(
    "claims",
    "one claim or premise of a respondent",
    (
        *OF_UNIT,
        *CODES,
        *columns(
            kind_probability="of the kind given, if it is a claim; empty for premises",
            text=TEXT,
            abstained="True where the model would not decide the component: leave it out of counts",
            probability="calibrated, of the component given",
            p_claim="probability of claim",
            p_premise="probability of premise",
            p_none="probability of neither",
            p_fact="probability of fact, if it is a claim; empty for premises",
            p_value="probability of value, likewise",
            p_policy="probability of policy, likewise",
            own_stance="as in units.csv",
            target_actor="of the own stance",
            source=JUDGE,
        ),
    ),
)

STANCES = Table(
    "stances",
    "one stance in a respondent's unit: one holder, one target",
    (
        *OF_UNIT,
        *columns(
            affiliation="of the speaker, where it is known",
            country="of the speaker, where it is known",
            text=TEXT,
            voice="own: the speaker's; attributed: reported by the speaker as another's",
            holder="speaker_id (own), or actor or words (attributed)",
            holder_name="the speaker's name (own), NAME (speaker_id) where it is only a letter, a "
            "number or a role, the id where there is none; as holder (attributed), with the "
            "interview_id where it opens with a pronoun",
            holder_kind="speaker, actor (in the actor table) or words (of the transcript)",
            target_text="the words that name the target; empty where it is only meant",
            target_actor="who is meant",
            counted_as="favor, against, neutral or abstained: count by this column",
            polarity="the most probable polarity, also where the model abstained",
            abstained="True where the model would not decide",
            probability="calibrated, of the polarity",
            p_favor="probability of favor",
            p_against="probability of against",
            p_neutral="probability of neutral; of an attributed stance, that there is none",
            p_none="probability that the unit is not about the bloc; empty for attributed stances",
            flags="look before you quote, joined by ;: question, irony, scare-quotes (words that "
            "may not be meant); denied (a reported stance told by what its holder does not do); "
            "pronoun (the holder is whom a pronoun seems to take up, or the pronoun); "
            "implied (the target of a reported stance stands before the unit); unnamed (no word "
            "of the unit stands for the target); assent (yes to the question); empty if none",
            component="of the unit",
            kind="of the unit's claim",
            evidence="the words the judgement rests on, joined by |",
            source=JUDGE,
        ),
    ),
)

ENTITIES = Table(
    "entities",
    "one mention, by any speaker",
    (
        *INTERVIEW_ID,
        *DATE,
        *columns(
            entity_id="of the mention",
            unit_id="the unit in which it starts",
            turn_id="its turn",
        ),
        *WHO,
        *columns(
            start="first character of the mention in its turn, from 0",
            end="character after its last",
            text=TEXT,
            label="OntoNotes label; empty for pronouns and nouns that stand for an actor",
            actors="whom it stands for, joined by |; empty where unresolved",
            blocs="the actors' blocs at the interview's date, joined by |",
            via="how it names them: name, alias, metonym, pronoun or nominal",
            unit_text="the text of the unit in which it starts",
        ),
    ),
)

ATTRIBUTIONS = Table(
    "attributions",
    "one report in a respondent's unit of what somebody else says, thinks or does; also each "
    "attributed stance that no cue of reporting gave away, without cue and content",
    (
        *INTERVIEW_ID,
        *DATE,
        *columns(title="of the interview"),
        *PLACE,
        *WHO,
        *columns(
            text=TEXT,
            holder_text="the words that name who is reported",
            holder_actor="whom they stand for; empty where unresolved",
            holder_blocs="the actor's blocs at the interview's date, joined by |; empty where "
            "it is in none, and where the interview names the actor only in a group",
            cue='lemma of the cue, "not" before it where it is denied; empty where there is none',
            content="the words reported; with no cue, empty",
            flags="denied, question: no plain report; joined by ;",
            holder_start="first character of the holder's words in the turn, from 0",
            holder_end="character after their last",
            cue_start="first character of the cue in the turn",
            cue_end="character after its last",
            content_start="first character of the content in the turn",
            content_end="character after its last",
            source="who found the report: " + JUDGE,
            target_text="of the holder's stance: the words that name the target; empty where it "
            "is only meant",
            target_actor="of the holder's stance: who is meant",
            counted_as="favor, against, neutral or abstained: count by this column; empty, as all "
            "columns of the stance, where the report holds no stance toward the bloc",
            polarity="the most probable polarity, also where the model abstained",
            abstained="True where the model would not decide",
            probability="calibrated, that the report is a stance of this polarity",
            p_favor="probability of favor",
            p_against="probability of against",
            p_neutral="probability that there is no stance",
            stance_flags="as flags in stances.csv",
            stance_source="who judged the stance: " + JUDGE,
        ),
    ),
)
