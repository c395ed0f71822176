"""What every table holds: one declaration, from which the headers and codebook.csv are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.write.columns import (
    ABOUT,
    CODES,
    COMPONENTS,
    COUNTING,
    DATE,
    INTERVIEW_ID,
    OWN,
    PLACE,
    TEXT,
    WHO,
    Table,
    columns,
    contest,
    tally,
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
            units="sentences of all turns",
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
        *ABOUT,
        *OWN,
        *columns(attributed_n="stances that respondents report as another's"),
    ),
)

SPEAKERS = Table(
    "speakers",
    "one speaker of one interview; codes are counted for respondents only",
    (
        *INTERVIEW_ID,
        *WHO,
        *columns(
            role="interviewer, respondent or other",
            affiliation="where it is known",
            country="where it is known",
            turns="of the speaker",
            words="of the speaker",
            units="sentences of the speaker",
        ),
        *COMPONENTS,
        *ABOUT,
        *OWN,
        *columns(attributed_n="stances that the speaker reports as another's"),
    ),
)

QUESTIONS = Table(
    "questions",
    "one question, with what its answers hold",
    (
        *INTERVIEW_ID,
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
        *ABOUT,
        *OWN,
        *columns(attributed_n="stances that the answers report as another's"),
    ),
)

UNITS = Table(
    "units",
    "one unit (a sentence) of any speaker; codes stand where the unit was judged",
    (
        *INTERVIEW_ID,
        *PLACE,
        *WHO,
        *columns(
            role="interviewer, respondent or other",
            turn_kind="question, answer, statement or aside",
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
            own_stance="favor, against, neutral or abstained; not_about where the unit is not "
            "about the bloc; empty where it was not judged; the most probable where there are "
            "several (all stand in stances.csv)",
            target_text="the words that name the target; empty where it is only meant",
            target_actor="who is meant",
            stance_probability="calibrated, of the polarity given",
            own_n="own stances in the unit",
            attributed_n="stances that the unit reports as another's",
            entities="mentions by name in the unit",
        ),
    ),
)

CLAIMS = Table(
    "claims",
    "one claim or premise of a respondent",
    (
        *INTERVIEW_ID,
        *DATE,
        *PLACE,
        *WHO,
        *CODES,
        *columns(
            text=TEXT,
            abstained="True where the model would not decide the component: leave it out of counts",
            probability="calibrated, of the component given",
            p_claim="probability of claim",
            p_premise="probability of premise",
            p_none="probability of neither",
            own_stance="as in units.csv",
            target_actor="of the own stance",
            source="the judge: a model or rule, with its version",
        ),
    ),
)

STANCES = Table(
    "stances",
    "one stance in a respondent's unit: one holder, one target",
    (
        *INTERVIEW_ID,
        *DATE,
        *PLACE,
        *WHO,
        *columns(
            text=TEXT,
            voice="own: the speaker's; attributed: reported by the speaker as another's",
            holder="speaker_id (own), or actor or words (attributed)",
            holder_name="the speaker's name (own), or as holder",
            holder_kind="speaker, actor (in the actor table) or words (of the transcript)",
            target_text="the words that name the target; empty where it is only meant",
            target_actor="who is meant",
            counted_as="favor, against, neutral or abstained: count by this column",
            polarity="the most probable polarity, also where the model abstained",
            abstained="True where the model would not decide",
            probability="calibrated, of the polarity",
            p_favor="probability of favor",
            p_against="probability of against",
            p_neutral="probability of neutral",
            component="of the unit",
            kind="of the unit's claim",
            evidence="the words the judgement rests on, joined by |",
            flags="look before you quote, joined by |: question, irony, scare-quotes (words that "
            "may not be meant); denied (a reported stance told by what its holder does not do); "
            "implied (the target of a reported stance stands before the unit); "
            "unnamed (no word of the unit stands for the target); assent (yes to the question)",
            source="the judge: a model or rule, with its version",
        ),
    ),
)

ENTITIES = Table(
    "entities",
    "one mention, by any speaker",
    (
        *INTERVIEW_ID,
        *columns(
            entity_id="of the mention",
            unit_id="the unit in which it starts",
            turn_id="its turn",
        ),
        *WHO,
        *columns(
            role="interviewer, respondent or other",
            start="first character of the mention in its turn, from 0",
            end="character after its last",
            text=TEXT,
            label="OntoNotes label; empty for pronouns and nouns that stand for an actor",
            actors="whom it stands for, joined by |; empty where unresolved",
            blocs="the actors' blocs at the interview's date, joined by |",
            via="name, alias, metonym, pronoun or nominal",
        ),
    ),
)

TARGETS = Table(
    "targets",
    "one target of respondents' stances, all interviews together; the most frequent first",
    (
        *columns(
            target="the actor; where none was resolved, the words; (only meant) where neither",
            target_kind="actor, words or unnamed",
            interviews="in which it is a target",
        ),
        *COUNTING,
        *OWN,
        *contest("own_", "respondents"),
        *tally("attributed_", "stances reported as another's"),
        *contest("attributed_", "holders"),
    ),
)

HOLDERS = Table(
    "holders",
    "one holder in one voice, all interviews together; own and attributed are never added up",
    (
        *columns(
            voice="own: the respondent's; attributed: reported by respondents",
            holder="a respondent's name (speakers of one name are counted as one; their id where "
            "they have none), or the actor or words an attributed stance names",
            holder_kind="speaker, actor or words",
            interviews="in which the holder has a stance",
            targets="on how many targets",
        ),
        *COUNTING,
        *tally("", "stances of the holder"),
    ),
)

TABLES = (
    INTERVIEWS,
    SPEAKERS,
    QUESTIONS,
    UNITS,
    CLAIMS,
    STANCES,
    ENTITIES,
    TARGETS,
    HOLDERS,
)

CODEBOOK = Table(
    "codebook",
    "one column of one table",
    columns(
        table="the file, without .csv",
        row="what one row of the table is",
        column="name of the column",
        meaning="what stands in it",
        denominator="for a share: the column of the same row that it is a share of",
    ),
)


def codebook_rows(tables: Sequence[Table] = TABLES) -> Iterator[dict[str, str | None]]:
    """Yield a row for each column of each table, in their order."""
    for table in tables:
        for column in table.columns:
            yield {
                "table": table.name,
                "row": table.row,
                "column": column.name,
                "meaning": column.meaning,
                "denominator": column.denominator,
            }
