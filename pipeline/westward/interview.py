"""An annotated interview with its tables and spaCy Docs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self

from pipeline import records
from pipeline.config import Duplicates, Inferred, load_settings

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language
    from spacy.tokens import Doc


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

    def tables(
        self, *, duplicates: Duplicates | None = None, inferred: Inferred | None = None
    ) -> dict[str, pd.DataFrame]:
        r"""Return the tables of this interview by name; see ``westward.tables``.

        Example:
            >>> import westward
            >>> talk = "Q: Does the alliance hold?\n\nA: Yes. NATO keeps us safe."
            >>> frames = westward.annotate(talk, model="small").tables()
            >>> frames["stances"][["unit_id", "target_actor", "polarity"]]
                    unit_id target_actor polarity
            0  text.t002.u1         <NA>    favor
            1  text.t002.u2         NATO    favor
        """
        return tables([self], duplicates=duplicates, inferred=inferred)

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
            [('Yes.', 'favor'), ('NATO keeps us safe.', 'favor')]
            >>> [(ent.text, ent.label_, ent.kb_id_) for ent in docs[1].ents]
            [('NATO', 'ORG', 'NATO')]
        """
        from pipeline.exports.docbin import docs_of

        return docs_of(self, nlp)


def tables(
    interviews: Iterable[records.Interview],
    *,
    duplicates: Duplicates | None = None,
    inferred: Inferred | None = None,
) -> dict[str, pd.DataFrame]:
    """Return interviews as the tables that a run writes, by name, in its order.

    ``interviews``, ``speakers``, ``questions``, ``units``, ``claims``, ``stances``,
    ``attributions``, ``entities``, ``reading``, over all of them ``targets``, ``holders``,
    ``positions``, and ``codebook``, which explains each column. Columns have pandas' nullable
    types; an empty cell is ``pandas.NA``. Texts are exact: without the apostrophe that CSV files
    have in front of ``=``.

    Args:
        interviews: from ``annotate``, ``annotate_many`` or a run.
        duplicates: how repeated positions count in targets, holders and positions: ``include``,
            ``document``, ``week``, ``month``, ``year`` or ``acrossrange``; that of the settings if
            not given.
        inferred: whether targets and positions ``include`` targets that are only meant, or
            ``exclude`` them; that of the settings if not given.
    """
    from pipeline.actors import load_actors
    from pipeline.tables.frames import build_frames

    given = {"tables.duplicates": duplicates, "targets.inferred": inferred}
    settings = load_settings(values={key: value for key, value in given.items() if value})
    return build_frames(
        interviews,
        duplicates=settings.tables.duplicates,
        inferred=settings.targets.inferred,
        actors=load_actors(settings.actors.path),
    )
