"""What a language model costs: estimates, and a run kept under its limit."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

from pipeline.config import LlmSettings
from pipeline.errors import WestwardError
from pipeline.judges.llm.codebook import Messages
from pipeline.judges.llm.reply import Reply

CHARS_A_TOKEN = 3.0
"""English has four and more; fewer, so that an estimate is rather too high."""
TOKENS_A_SENTENCE = 65
"""Of an answer: seven codes take 35 to 65."""


def tokens_of(*texts: str) -> int:
    """Estimate the tokens of texts from their characters."""
    return math.ceil(sum(map(len, texts)) / CHARS_A_TOKEN)


@dataclass
class Usage:
    """What was asked, found in the ledger and paid in a run."""

    requests: int = 0
    from_ledger: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0


class Purse:
    """Keeps the cost of a run under ``max_cost``: a request is held at its highest price."""

    def __init__(self, settings: LlmSettings) -> None:
        self.settings = settings
        self.usage = Usage()
        self._held = 0.0
        self._change = threading.Condition()

    def price(self, tokens_in: int, tokens_out: int) -> float:
        """Return the price of some tokens."""
        return (tokens_in * self.settings.price_in + tokens_out * self.settings.price_out) / 1e6

    def hold(self, messages: Messages) -> float:
        """Return the highest price of a request, held until ``settle``; wait for others if needed.

        Raises:
            WestwardError: it could cost more than is left.
        """
        asked = tokens_of(*(one["content"] for one in messages))
        highest, limit = self.price(asked, self.settings.max_tokens), self.settings.max_cost
        with self._change:
            while limit and self._held and self.usage.cost + self._held + highest > limit:
                self._change.wait()
            if limit and self.usage.cost + highest > limit:
                raise WestwardError(
                    f"the next request could cost {highest:.4f}, and {self.usage.cost:.4f} of "
                    f"llm.max_cost = {limit:g} is spent; what is paid for is kept; raise "
                    "llm.max_cost and run again to go on"
                )
            self._held += highest
        return highest

    def settle(self, held: float, messages: Messages, reply: Reply | None) -> None:
        """Count the answer to a request that was held; one without an answer counts its prompt."""
        reply = reply or Reply("")
        tokens_in = reply.tokens_in or tokens_of(*(one["content"] for one in messages))
        tokens_out = reply.tokens_out or tokens_of(reply.content)
        with self._change:
            self._held -= held
            self.usage.requests += 1
            self.usage.tokens_in += tokens_in
            self.usage.tokens_out += tokens_out
            self.usage.cost += self.price(tokens_in, tokens_out)
            self._change.notify_all()


class Patience:
    """Counts the seconds for which a run has had no answer; threads that wait at once count once.

    Args:
        most: seconds after which a run stops.
    """

    def __init__(self, most: float) -> None:
        self.most = most
        self._spent, self._until = 0.0, 0.0
        self._lock = threading.Lock()

    def spend(self, start: float, end: float) -> bool:
        """Count the time from a request without an answer to the next; whether it may be spent."""
        with self._lock:
            self._spent += max(0.0, end - max(start, self._until))
            self._until = max(self._until, end)
            return self._spent <= self.most

    def renew(self) -> None:
        """An answer came: begin again."""
        with self._lock:
            self._spent = 0.0
