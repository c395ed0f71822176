"""``westward judge export``, ``import`` and ``prompt``: a language model as the judge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import many, print_json, progress, stdout
from pipeline.cli.options import Json, Overrides, blocs
from pipeline.cli.results import print_result, reporter

if TYPE_CHECKING:
    from pipeline.config import Settings

app = typer.Typer(
    name="judge", help="Let a language model judge by batch files.", no_args_is_help=True
)


def register(typer_app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export")(export_command)
    app.command("import")(import_command)
    app.command("prompt")(prompt_command)
    typer_app.add_typer(app, name="judge")


def export_command(
    run: Annotated[
        Path,
        typer.Argument(
            metavar="RUN", help="Folder that a run wrote, or a file of labels or passages."
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Batch file to write to.")],
    overrides: Overrides = None,
) -> None:
    """Write the requests to a language model as a batch file.

    The file is in OpenAI's form. Send it to any model; `westward judge import` reads the answers.
    """
    from pipeline.batch_judging import export_requests
    from pipeline.runs.files import replace_file

    lines = list(export_requests(run, _settings_of(run, overrides or ())))
    replace_file(out, "".join(lines).encode("utf8"), option="-o")
    stdout().print(f"{out}: {many(len(lines), 'request')}", soft_wrap=True)


def import_command(
    run: Annotated[
        Path, typer.Argument(metavar="RUN", help="Folder of the run that was exported.")
    ],
    answers: Annotated[
        Path, typer.Argument(metavar="ANSWERS", help="Batch file of the model's answers.")
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder to write to. [default: RUN-llm]")
    ] = None,
    overrides: Overrides = None,
    as_json: Json = False,
) -> None:
    """Write a new run judged by a language model's answers.

    The interviews are those of RUN. A sentence without a usable answer is counted as failed.
    """
    from pipeline.batch_judging import import_answers

    folder = out or run.parent / f"{run.name}-llm"
    settings = _settings_of(run, overrides or ())
    with progress("[bold]{task.fields[interview]}[/]", "{task.fields[stage]:<12}") as bar:
        result = import_answers(run, answers, out=folder, settings=settings, progress=reporter(bar))
    print_result(result, as_json=as_json)


def prompt_command(
    bloc: Annotated[
        str | None,
        typer.Option(help="Bloc that stance is about. [default: that set]", autocompletion=blocs),
    ] = None,
    overrides: Overrides = None,
) -> None:
    """Print the prompt of --model llm for a bloc, and its hash."""
    from pipeline.actors import load_actors
    from pipeline.config import choose_blocs, load_settings
    from pipeline.judges.llm.codebook import codebook_for

    settings = load_settings([*(overrides or ()), *choose_blocs([bloc] if bloc else ())])
    codebook = codebook_for(settings.bloc.name, load_actors(settings.actors.path))
    typer.echo(f"{codebook.text}\nprompt {codebook.hash}, bloc {codebook.bloc}")


def print_estimate(
    paths: Sequence[str],
    *,
    index: Path | None,
    settings: Settings,
    models: Path | None,
    as_json: bool,
) -> None:
    """Print what a run by a language model would ask and cost."""
    from dataclasses import asdict

    from pipeline.batch_judging import estimate_run
    from pipeline.errors import ConfigError
    from pipeline.judges.llm.budget import TOKENS_A_SENTENCE

    if not settings.by_llm:
        raise ConfigError("--dry-run shows what a language model would cost; add --model llm")
    found = estimate_run(paths, index=index, settings=settings, models=models)
    if as_json:
        print_json(asdict(found))
        return
    known = f", {found.known} of them answered before" if found.known else ""
    price = f"about {found.price:.2f}" if found.price else "0 (llm.price_in and price_out are 0)"
    lines = [
        f"{found.requests} requests{known}; {found.sentences:,} sentences to judge",
        f"about {found.tokens_in:,} tokens of prompts and {found.tokens_out:,} of answers (one for "
        f"three characters, {TOKENS_A_SENTENCE} a sentence); repairs come on top",
        f"price {price}; nothing was sent",
    ]
    if found.failed:
        lines.append(f"{found.failed} transcripts cannot be read and are not in these figures")
    stdout().print("\n".join(lines), soft_wrap=True)


def _settings_of(run: Path, overrides: Sequence[str]) -> Settings:
    """The settings for a run, toward the bloc and with the actor table that the run had."""
    import json

    from pipeline.config import LLM, choose_models, load_settings
    from pipeline.runs.folder import read_manifest

    stated = read_manifest(run)["settings"] if run.is_dir() else {}
    same = [(group, key) for group, key in (("bloc", "name"), ("actors", "table")) if stated]
    kept = [f"{group}.{key}={json.dumps(stated[group][key])}" for group, key in same]
    return load_settings([*choose_models(LLM), *kept, *overrides])
