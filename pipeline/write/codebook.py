"""What every table holds: one declaration, from which the headers and codebook.csv are made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column: its name, what stands in it, and for a share the column it is a share of."""

    name: str
    meaning: str
    denominator: str | None = None


@dataclass(frozen=True)
class Table:
    """A table: its name, what one row of it is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)


def _columns(**meanings: str) -> tuple[Column, ...]:
    return tuple(Column(name, meaning) for name, meaning in meanings.items())


def _share(name: str, what: str, *, of: str) -> Column:
    return Column(name, f"{what} / {of}; empty where {of} is 0", of)


def _tally(prefix: str, what: str) -> tuple[Column, ...]:
    n = f"{prefix}n"
    counts = _columns(
        **{
            n: f"{what} about the bloc; the four counts that follow add up to it",
            f"{prefix}favor": f"{what} in favor of their target",
            f"{prefix}against": f"{what} against their target",
            f"{prefix}neutral": f"{what} that take no side",
            f"{prefix}abstained": f"{what} that the model would not decide",
        }
    )
    shares = tuple(
        _share(f"{prefix}share_{side}", f"{prefix}{side}", of=n)
        for side in ("favor", "against", "neutral", "abstained")
    )
    net = _share(f"{prefix}net", f"({prefix}favor - {prefix}against)", of=n)
    return (*counts, *shares, net)


def _contest(prefix: str, who: str) -> tuple[Column, ...]:
    sides = f"{prefix}sides"
    return (
        Column(sides, f"{prefix}favor + {prefix}against: how often a side is taken"),
        Column(
            f"{prefix}contested",
            f"1 - |{prefix}favor - {prefix}against| / {sides}: 0 where all agree, 1 where the "
            f"sides are even; empty where {sides} is 0; one against one is 1 too, so read both",
            sides,
        ),
        Column(f"{prefix}holders", f"{who} with a stance on the target"),
        Column(f"{prefix}holders_favor", f"{who} more often for the target than against it"),
        Column(f"{prefix}holders_against", f"{who} more often against the target than for it"),
    )


_INTERVIEW = _columns(interview_id="joins all tables")
_DATE = _columns(date="of the interview, ISO 8601, as exact as it is known")
_PLACE = _columns(
    unit_id="joins units, claims, stances, entities",
    turn_id="the turn in which the unit stands",
    question_id="the question that the turn answers (questions.csv); empty if none",
)
_WHO = _columns(
    speaker_id="joins speakers.csv",
    speaker_name="as the transcript labels the speaker",
)
_COMPONENTS = (
    *_columns(
        judged_units="respondents' units that are judged: those of answers and statements",
        claims="of these, claims: contestable standpoints put forward",
        premises="of these, premises: reasons or evidence for a claim nearby",
    ),
    _share("claims_share", "claims", of="judged_units"),
    _share("premises_share", "premises", of="judged_units"),
)
_ABOUT = (
    Column("units_about", "respondents' units with at least one own stance: about the bloc"),
    _share("units_about_share", "units_about", of="judged_units"),
)
_OWN = _tally("own_", "own stances of respondents")
_CODES = _columns(
    component="claim, premise or none; empty where the unit was not judged",
    kind="of a claim: fact, value or policy",
)

INTERVIEWS = Table(
    "interviews",
    "one interview",
    (
        *_INTERVIEW,
        *_columns(title="of the interview"),
        *_DATE,
        *_columns(
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
        *_COMPONENTS,
        *_columns(
            claims_fact="claims about what is, was, will be or causes what",
            claims_value="claims that something is good, bad, right, dangerous, ...",
            claims_policy="claims about what should or must be done",
            entities="mentions of actors, places, people, ...",
        ),
        *_ABOUT,
        *_OWN,
        *_columns(attributed_n="stances that respondents report as another's"),
    ),
)

SPEAKERS = Table(
    "speakers",
    "one speaker of one interview; codes are counted for respondents only",
    (
        *_INTERVIEW,
        *_WHO,
        *_columns(
            role="interviewer, respondent or other",
            affiliation="where it is known",
            country="where it is known",
            turns="of the speaker",
            words="of the speaker",
            units="sentences of the speaker",
        ),
        *_COMPONENTS,
        *_ABOUT,
        *_OWN,
        *_columns(attributed_n="stances that the speaker reports as another's"),
    ),
)

QUESTIONS = Table(
    "questions",
    "one question, with what its answers hold",
    (
        *_INTERVIEW,
        *_columns(question_id="turn that asks; joins the question_id of other tables"),
        *_WHO,
        *_columns(
            position="1 for the interview's first question",
            text="of the question",
            words="of the question",
            answers="turns that answer it",
            answer_words="of these turns",
        ),
        *_COMPONENTS,
        *_ABOUT,
        *_OWN,
        *_columns(attributed_n="stances that the answers report as another's"),
    ),
)

UNITS = Table(
    "units",
    "one unit (a sentence) of any speaker; codes stand where the unit was judged",
    (
        *_INTERVIEW,
        *_PLACE,
        *_WHO,
        *_columns(
            role="interviewer, respondent or other",
            turn_kind="question, answer, statement or aside",
            position="1 for the interview's first unit",
            start="first character of the unit in its turn, from 0",
            end="character after its last",
            text="of the unit",
        ),
        *_CODES,
        *_columns(
            component_probability="calibrated, of the component given",
            own_stance="favor, against, neutral or abstained; not_about where the unit is not "
            "about the bloc; empty where the unit was not judged; the most probable where there are "
            "several (all stand in stances.csv)",
            target_text="the words that name the target; empty where it is only meant",
            target_actor="who is meant",
            stance_probability="calibrated, of the polarity given",
            own_n="own stances in the unit",
            attributed_n="stances that the unit reports as another's",
            entities="mentions in the unit",
        ),
    ),
)

CLAIMS = Table(
    "claims",
    "one claim or premise of a respondent",
    (
        *_INTERVIEW,
        *_DATE,
        *_PLACE,
        *_WHO,
        *_CODES,
        *_columns(
            text="of the unit",
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
        *_INTERVIEW,
        *_DATE,
        *_PLACE,
        *_WHO,
        *_columns(
            text="of the unit",
            voice="own: the speaker's; attributed: reported by the speaker as another's",
            holder="speaker_id (own), or actor or words (attributed)",
            holder_name="the speaker's name (own), or as holder",
            holder_kind="speaker, actor (in the actor table) or words (of the transcript)",
            target_text="the words that name the target; empty where it is only meant",
            target_actor="who is meant",
            position="favor, against, neutral or abstained: count by this column",
            polarity="the most probable polarity, also where the model abstained",
            abstained="True where the model would not decide",
            probability="calibrated, of the polarity",
            p_favor="probability of favor",
            p_against="probability of against",
            p_neutral="probability of neutral",
            component="of the unit",
            kind="of the unit's claim",
            evidence="the words the judgement rests on, joined by |",
            source="the judge: a model or rule, with its version",
        ),
    ),
)

ENTITIES = Table(
    "entities",
    "one mention, by any speaker",
    (
        *_INTERVIEW,
        *_columns(
            entity_id="of the mention",
            unit_id="the unit in which it starts",
            turn_id="its turn",
        ),
        *_WHO,
        *_columns(
            role="interviewer, respondent or other",
            start="first character of the mention in its turn, from 0",
            end="character after its last",
            text="of the mention",
            label="OntoNotes label; empty for pronouns and nouns that stand for an actor",
            actors="whom it stands for, joined by |; empty where unresolved",
            blocs="the actors' blocs at the interview's date, joined by |",
            via="name, alias, metonym, pronoun or nominal",
        ),
    ),
)

_COUNTING = _columns(
    duplicates="include: every stance counts; interview: a holder's same position on the same "
    "target counts once an interview (setting tables.duplicates)"
)

TARGETS = Table(
    "targets",
    "one target of respondents' stances, all interviews together; the most frequent first",
    (
        *_columns(
            target="the actor; where none was resolved, the words; (only meant) where neither",
            target_kind="actor, words or unnamed",
            interviews="in which it is a target",
        ),
        *_COUNTING,
        *_OWN,
        *_contest("own_", "respondents"),
        *_tally("attributed_", "stances reported as another's"),
        *_contest("attributed_", "holders"),
    ),
)

HOLDERS = Table(
    "holders",
    "one holder in one voice, all interviews together; own and attributed are never added up",
    (
        *_columns(
            voice="own: the respondent's; attributed: reported by respondents",
            holder="a respondent's name (speakers of one name are counted as one; their id where "
            "they have none), or the actor or words an attributed stance names",
            holder_kind="speaker, actor or words",
            interviews="in which the holder has a stance",
            targets="on how many targets",
        ),
        *_COUNTING,
        *_tally("", "stances of the holder"),
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
    _columns(
        table="the file, without .csv",
        row="what one row of the table is",
        column="name of the column",
        meaning="what stands in it",
        denominator="for a share: the column of the same row that it is a share of",
    ),
)


def codebook_rows() -> Iterator[dict[str, str | None]]:
    """Yield a row for each column of each table, in their order."""
    for table in TABLES:
        for column in table.columns:
            yield {
                "table": table.name,
                "row": table.row,
                "column": column.name,
                "meaning": column.meaning,
                "denominator": column.denominator,
            }
