"""Transcripts to annotated interviews, one at a time, with the settings of a run."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pipeline.config import Settings, choose_blocs, choose_models, choose_table, load_settings
from pipeline.errors import InputError, WestwardError

from .interview import Interview

if TYPE_CHECKING:
    from pipeline.annotator import Annotator
    from pipeline.corpus.inputs import Transcript
    from pipeline.stage import Stage

TEXT_ID = "text"


class WestwardWarning(UserWarning):
    """A transcript of several that could not be annotated, and why."""


@dataclass(frozen=True)
class Bloc:
    """A bloc that stance can be about.

    Attributes:
        members: its states, organisations and other actors today, sorted; a run takes membership
            at the interview's date.
    """

    name: str
    description: str
    members: tuple[str, ...]


def annotate(
    source: str | Path,
    *,
    bloc: str | None = None,
    model: str | None = None,
    models: str | Path | None = None,
    actors: str | Path | None = None,
    metadata: Mapping[str, str] | None = None,
    settings: Mapping[str, object] | None = None,
    **more: object,
) -> Interview:
    r"""Return one transcript as an annotated interview, as ``westward run`` would code it.

    The models are loaded at the first call and kept for later calls with the same settings.

    Args:
        source: path of a file in any format of ``westward formats``, or the transcript itself: a
            string with a line break in it.
        bloc: what stance is about, a name in ``blocs()``.
        model: ``standard`` (the default) or ``small`` (fast).
        models: folder of models, searched before the installed ones.
        actors: file of your own actors and blocs, as ``westward run --actors`` takes it.
        metadata: of the interview, as in a corpus index: ``id``, ``title``, ``date``, ``series``,
            ``url``, ``licence``, ``country``, ... The date decides who is in which bloc.
        settings: settings by their dotted names, as in ``westward.toml``, which is read too.
        more: settings with ``__`` for the dot: ``stance__abstain_below=0.6``.

    Raises:
        WestwardError: the transcript cannot be read, or a setting, bloc or model is unknown.

    Example:
        >>> import westward
        >>> talk = "Q: Does the alliance hold?\n\nA: Yes. NATO keeps us safe."
        >>> interview = westward.annotate(talk, model="small", metadata={"date": "2024-05-02"})
        >>> [turn.kind for turn in interview.turns]
        ['question', 'answer']
        >>> interview.units[-1].text
        'NATO keeps us safe.'
        >>> [(stance.target_actor, stance.polarity) for stance in interview.stances]
        [(None, 'favor'), ('NATO', 'favor')]
    """
    transcript = _transcript(source, metadata or {})
    annotator = _annotator(bloc, model, models, actors, {**(settings or {}), **_dotted(more)})
    return Interview.of(annotator.annotate(transcript))


def annotate_many(
    sources: str | Path | Iterable[str | Path],
    *,
    index: str | Path | None = None,
    errors: Literal["warn", "raise"] = "warn",
    bloc: str | None = None,
    model: str | None = None,
    models: str | Path | None = None,
    actors: str | Path | None = None,
    settings: Mapping[str, object] | None = None,
    **more: object,
) -> Iterator[Interview]:
    """Yield files and the transcripts in folders as annotated interviews, one by one.

    A folder's ``index.jsonl`` gives the metadata. One bad transcript does not stop the others.

    Args:
        sources: a file or folder, or several.
        index: of the transcripts, instead of those in the folders.
        errors: ``warn`` passes over a transcript that fails, with a ``WestwardWarning`` that says
            why; ``raise`` stops there.
        bloc, model, models, actors, settings, more: as of ``annotate``.

    Raises:
        WestwardError: no transcript is found, a setting is unknown, or all transcripts fail.

    Example:
        >>> import tempfile, westward
        >>> folder = Path(tempfile.mkdtemp())
        >>> for name in ("one", "two"):
        ...     talk = f"Q: Does it hold?\\n\\nA: NATO is in good order, says {name}."
        ...     _ = (folder / f"{name}.txt").write_text(talk, encoding="utf8")
        >>> [interview.id for interview in westward.annotate_many(folder, model="small")]
        ['one', 'two']
    """
    from pipeline.corpus.inputs import find_inputs

    names = [sources] if isinstance(sources, str | Path) else list(sources)
    inputs = find_inputs(names, index=Path(index) if index is not None else None)
    annotator = _annotator(bloc, model, models, actors, {**(settings or {}), **_dotted(more)})
    return _each(annotator, inputs.transcripts, errors)


def blocs(*, actors: str | Path | None = None) -> dict[str, Bloc]:
    """Return the blocs that stance can be about, by name.

    Args:
        actors: file of your own actors and blocs; that of the settings if not given.

    Raises:
        WestwardError: the table cannot be used.

    Example:
        >>> import westward
        >>> "Poland" in westward.blocs()["west-broad"].members
        True
    """
    from pipeline.actors import load_actors
    from pipeline.runs.manifest import members

    table = load_actors(Path(actors) if actors is not None else load_settings().actors.path)
    return {
        name: Bloc(name, table.blocs[name].description, tuple(members(table, name)))
        for name in table.bloc_names
    }


def _dotted(more: Mapping[str, object]) -> dict[str, object]:
    return {key.replace("__", "."): value for key, value in more.items()}


def _annotator(
    bloc: str | None,
    model: str | None,
    models: str | Path | None,
    actors: str | Path | None,
    values: Mapping[str, object],
) -> Annotator:
    from pipeline.annotator import Annotator

    chosen = [*(choose_models(model) if model else ()), *choose_blocs([bloc] if bloc else ())]
    chosen += choose_table(Path(actors)) if actors is not None else ()
    settings = load_settings(chosen, values=values)
    table = settings.actors.path
    changed = table.stat().st_mtime_ns if table is not None and table.is_file() else None
    stages = _stages(settings, Path(models) if models is not None else None, changed)
    return Annotator(stages, settings=settings)


@lru_cache(maxsize=2)
def _stages(settings: Settings, models: Path | None, changed: int | None) -> list[Stage]:
    """Load the stages; again where the user's actor table has changed since."""
    from pipeline.run import build_stages

    return build_stages(settings, models=models)


def _each(
    annotator: Annotator, transcripts: Iterable[Transcript], errors: Literal["warn", "raise"]
) -> Iterator[Interview]:
    failed: WestwardError | None = None
    done = 0
    for transcript in transcripts:
        try:
            interview = annotator.annotate(transcript)
        except Exception as error:  # a fault of ours in one transcript does not stop the others
            if errors == "raise":
                raise
            failed = error if isinstance(error, WestwardError) else _internal(transcript, error)
            warnings.warn(str(failed), WestwardWarning, stacklevel=2)
        else:
            done += 1
            yield Interview.of(interview)
    if failed is not None and not done:
        raise failed


def _internal(transcript: Transcript, error: Exception) -> WestwardError:
    fault = WestwardError(f"{transcript.where}: internal error: {type(error).__name__}: {error}")
    fault.__cause__ = error
    return fault


def _transcript(source: str | Path, metadata: Mapping[str, str]) -> Transcript:
    from pipeline.corpus.inputs import Transcript, find_inputs

    if isinstance(source, str) and len(source.splitlines()) > 1:
        found = Transcript(id=TEXT_ID, content=_encoded(source))
    elif os.path.isdir(source):
        raise InputError(
            f"{source}: a folder; expected a file, or text with a line break in it; use "
            "westward.annotate_many for folders"
        )
    elif not os.path.exists(source):
        raise InputError(
            f"{str(source)[:80]}: no such file; expected the path of a transcript, or a text with "
            "a line break in it"
        )
    else:
        found = find_inputs([source]).transcripts[0]
    return _described(found, metadata) if metadata else found


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf8")
    except UnicodeEncodeError as error:
        raise InputError(
            f"{TEXT_ID}: character {error.start + 1} is half of a pair; expected Unicode text; "
            "read the file with its own encoding, or give its path"
        ) from error


def _described(transcript: Transcript, metadata: Mapping[str, str]) -> Transcript:
    from pydantic import ValidationError

    from pipeline.corpus.index import METADATA, IndexRow

    for key in metadata:
        if key not in ("id", *METADATA):
            raise InputError(f'metadata "{key}": expected one of id, {", ".join(METADATA)}')
    try:
        row = IndexRow.model_validate({"id": transcript.id, "path": transcript.where, **metadata})
    except ValidationError as error:
        fault = error.errors()[0]
        raise InputError(f"metadata {fault['loc'][0]}: {fault['msg']}") from error
    return replace(transcript, id=row.id, metadata=row.metadata())
