"""``python -m training COMMAND ...``: fit the shipped weights, measure them, build the lexicons.

Run from the root of the checkout, with the extra ``training``; ``COMMAND --help`` says more.
"""

from __future__ import annotations

import sys
from argparse import REMAINDER, ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Sequence
from importlib import import_module

COMMANDS: dict[str, tuple[str, str]] = {
    "turns": ("turns", "fit the segmenter on gold turns"),
    "roles": ("roles", "fit the model of roles on gold turns"),
    "confidence": ("confidence", "fit the confidence in a reading, with sources left out"),
    "boundaries": ("boundaries", "fit the sentence boundaries of unpunctuated speech"),
    "encoders": ("encoder.make", "fit the encoders from published weights"),
    "abstention": ("abstention", "choose a model's thresholds for abstention"),
    "cards": ("model_cards", "write a model's card and plots again"),
    "attribution": ("attribution.fit", "fit the weights of reported stances"),
    "references": ("references.fit", "fit the weights of pronouns"),
    "targets": ("targets.fit", "fit the weights of targets"),
    "countries": ("countries", "build lexicons/countries.toml"),
    "products": ("encoder.products", "write the network that probes a processor"),
    "benchmark": ("benchmark", "measure all models on all test sets"),
    "measure-attribution": ("attribution.measure", "measure reported stances"),
    "measure-references": ("references.measure", "measure pronouns and nominals"),
    "measure-targets": ("targets.measure", "measure targets of own stances"),
    "propositions": ("propositions.measure", "measure whether claims that say the same are found"),
    "relations": ("relations.measure", "measure whether links between sentences are found"),
    "measure-entities": ("entities", "measure entities and actors"),
}
"""Module and purpose of each command."""
MISSING = 2


def load(command: str) -> Callable[[Sequence[str]], int | None]:
    """Return the main function of a command's module.

    Raises:
        ModuleNotFoundError: a library of the extra ``training`` is not installed.
    """
    module = import_module(f"training.{COMMANDS[command][0]}")
    found: Callable[[Sequence[str]], int | None] = module.main
    return found


def main(arguments: Sequence[str]) -> int:
    """Run a command; return its exit code."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {purpose}" for name, (_, purpose) in COMMANDS.items()]
    parser = ArgumentParser(
        prog="python -m training",
        description=(__doc__ or "").strip(),
        epilog="commands:\n" + "\n".join(lines),
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("arguments", nargs=REMAINDER, metavar="...", help="of the command")
    given = parser.parse_args(arguments)
    try:
        run = load(given.command)
    except ModuleNotFoundError as error:
        sys.stderr.write(
            f"error: {error.name} is not installed; expected the extra: "
            'pip install -e ".[training]"\n'
        )
        return MISSING
    return run(given.arguments) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
