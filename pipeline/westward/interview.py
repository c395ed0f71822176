"""An annotated interview with its tables and spaCy Docs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self

from pipeline import records
from pipeline.config import Duplicates, load_settings

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language
    from spacy.tokens import Doc, Span

    from pipeline.write.lookup import Lookup


class Interview(records.Interview):
    """One annotated interview: the record, a line of ``annotated.jsonl``, with what it can become.

    Its fields are those of ``westward schema``: ``speakers``, ``turns``, ``units``, ``entities``,
    ``claims``, ``attributions``, ``stances``. A layer is None where it was not computed, as in a
    transcript in another language than English, and ``()`` where nothing was found.
    """

    @classmethod
    def of(cls, record: records.Interview) -> Self:
        """Return a record of the pipeline as an interview with methods."""
        return cls.model_construct(**{name: getattr(record, name) for name in cls.model_fields})

    def __repr_args__(self) -> Iterator[tuple[str, object]]:
        """Show ids and counts, not the whole transcript."""
        yield from (("id", self.id), ("title", self.title), ("date", self.date))
        for layer in ("turns", "units", "claims", "stances"):
            found = getattr(self, layer)
            yield layer, None if found is None else len(found)

    def tables(self, *, duplicates: Duplicates | None = None) -> dict[str, pd.DataFrame]:
        r"""Return the tables of this interview by name; see ``westward.tables``.

        Example:
            >>> import westward
            >>> talk = "Q: Does the alliance hold?\n\nA: Yes. NATO keeps us safe."
            >>> frames = westward.annotate(talk, model="small").tables()
            >>> frames["stances"][["unit_id", "target_actor", "counted_as"]]
                    unit_id target_actor counted_as
            0  text.t002.u1         <NA>  abstained
            1  text.t002.u2         NATO      favor
        """
        return tables([self], duplicates=duplicates)

    def to_docs(self, nlp: Language) -> list[Doc]:
        r"""Return each turn as a spaCy Doc, with what was found in it as spans.

        ``doc.text`` is the turn's text. ``doc.spans`` has the groups ``units``, ``entities``,
        ``claims`` (also premises) and ``stances``; ``doc.ents`` the mentions by name, so that
        displaCy draws both. The label of a unit's span is ``unit``, of an entity's its OntoNotes
        label or, where it has none, how it names (``pronoun``), of a claim's its component, of a
        stance's its position, with ``reported`` in front where it is another's. ``span.id_`` is the
        id of the unit or mention, ``span.kb_id_`` the actors, joined by ``|``.
        ``doc.user_data`` has ``interview_id``, ``turn_id``, ``speaker``, ``role`` and ``kind``.
        Where spaCy's tokens are longer than a span, it grows to whole tokens.

        Args:
            nlp: any spaCy pipeline; ``spacy.blank("en")`` is enough for the spans.

        Example:
            >>> import spacy, westward
            >>> talk = "Q: Does the alliance hold?\n\nA: Yes. NATO keeps us safe."
            >>> docs = westward.annotate(talk, model="small").to_docs(spacy.blank("en"))
            >>> [(span.text, span.label_) for span in docs[1].spans["stances"]]
            [('Yes.', 'abstained'), ('NATO keeps us safe.', 'favor')]
            >>> [(ent.text, ent.label_, ent.kb_id_) for ent in docs[1].ents]
            [('NATO', 'ORG', 'NATO')]
        """
        from pipeline.write.lookup import Lookup

        lookup = Lookup(self)
        docs = nlp.pipe(turn.text for turn in self.turns)
        return [_mark(doc, turn, lookup) for doc, turn in zip(docs, self.turns, strict=True)]


def tables(
    interviews: Iterable[records.Interview], *, duplicates: Duplicates | None = None
) -> dict[str, pd.DataFrame]:
    """Return interviews as the tables that a run writes, by name, in its order.

    ``interviews``, ``speakers``, ``questions``, ``units``, ``claims``, ``stances``,
    ``attributions``, ``entities``, over all of them ``targets``, ``holders``, ``positions``, and
    ``codebook``, which explains each column. Columns have pandas' nullable types; an empty cell is
    ``pandas.NA``. Texts are exact: without the apostrophe that CSV files have in front of ``=``.

    Args:
        interviews: from ``annotate``, ``annotate_many`` or a run.
        duplicates: how repeated positions count in targets, holders and positions: ``include``,
            ``document``, ``week``, ``month``, ``year`` or ``acrossrange``; that of the settings if
            not given.
    """
    from pipeline.write.tables import build_frames

    settings = load_settings(values={"tables.duplicates": duplicates} if duplicates else None)
    return build_frames(interviews, duplicates=settings.tables.duplicates, seed=settings.seed)


def _mark(doc: Doc, turn: records.Turn, lookup: Lookup) -> Doc:
    """Add the layers of a turn to its Doc."""
    from spacy.util import filter_spans

    speaker = lookup.speakers[turn.speaker_id]
    doc.user_data |= {
        "interview_id": lookup.interview.id,
        "turn_id": turn.id,
        "speaker": speaker.name or speaker.id,
        "role": speaker.role,
        "kind": turn.kind,
    }
    units = lookup.units_of(turn)
    entities = [one for one in lookup.interview.entities or () if one.turn_id == turn.id]
    mentions = [
        _span(doc, one, one.label or one.via, actors="|".join(one.actors)) for one in entities
    ]
    doc.spans["units"] = [_span(doc, unit, "unit") for unit in units]
    doc.spans["entities"] = mentions
    doc.spans["claims"] = list(_claim_spans(doc, units, lookup))
    doc.spans["stances"] = list(_stance_spans(doc, units, lookup))
    named = [span for span, one in zip(mentions, entities, strict=True) if one.label is not None]
    doc.ents = tuple(filter_spans(named))
    return doc


def _claim_spans(doc: Doc, units: Iterable[records.Unit], lookup: Lookup) -> Iterator[Span]:
    for unit in units:
        claim = lookup.claims.get(unit.id)
        if claim is not None and claim.component != "none":
            yield _span(doc, unit, claim.component)


def _stance_spans(doc: Doc, units: Iterable[records.Unit], lookup: Lookup) -> Iterator[Span]:
    from pipeline.write.lookup import position

    for unit in units:
        for stance in (*lookup.own(unit), *lookup.attributed(unit)):
            label = position(stance) if stance.voice == "own" else f"reported {position(stance)}"
            yield _span(doc, unit, label, actors=stance.target_actor or "")


def _span(doc: Doc, found: records.Unit | records.Entity, label: str, *, actors: str = "") -> Span:
    """Return the whole tokens that hold the characters of a record."""
    span = doc.char_span(
        found.start, found.end, label=label, kb_id=actors, alignment_mode="expand",
        span_id=found.id,
    )  # fmt: skip
    if span is None:
        raise ValueError(f"{found.id}: no tokens at {found.start} to {found.end}")
    return span
