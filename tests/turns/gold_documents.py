"""Documents of our own, one or more for each way of marking speakers, with their gold turns.

Gold is a list of (role initial, speaker, text); paragraphs of a turn are parted by a bar.
"""

from __future__ import annotations

from typing import NamedTuple

Gold = list[tuple[str, str, str]]


class Example(NamedTuple):
    """A document, the suffix of its format, and the turns it holds."""

    suffix: str
    text: str
    gold: Gold


INLINE = Example(
    ".txt",
    """\
The lighthouse keepers' congress

Ines Duarte: Why do the northern states still pay for two lighthouses on one rock?
Bram Okker: Because neither trusts the other's bulb. That is the short version: pride.
The long version fills eleven volumes, and I wrote four of them.
Ines Duarte: Would a treaty help?
Bram Okker: A treaty would give us a third lighthouse.
Ines Duarte: Thank you.
""",
    [
        (
            "i",
            "Ines Duarte",
            "Why do the northern states still pay for two lighthouses on one rock?",
        ),
        (
            "r",
            "Bram Okker",
            "Because neither trusts the other's bulb. That is the short version: pride.|The long version fills eleven volumes, and I wrote four of them.",
        ),
        ("i", "Ines Duarte", "Would a treaty help?"),
        ("r", "Bram Okker", "A treaty would give us a third lighthouse."),
        ("i", "Ines Duarte", "Thank you."),
    ],
)

LOWER_CASE = Example(
    ".txt",
    """\
ines: so why do the northern states still pay for two lighthouses
bram: because neither trusts the other. it's pride, really
ines: and would a treaty help?
bram: it would give us a third one. let me put it like this: we collect them
ines: do the sailors agree?
bram: they vote with their radar
""",
    [
        ("i", "ines", "so why do the northern states still pay for two lighthouses"),
        ("r", "bram", "because neither trusts the other. it's pride, really"),
        ("i", "ines", "and would a treaty help?"),
        ("r", "bram", "it would give us a third one. let me put it like this: we collect them"),
        ("i", "ines", "do the sailors agree?"),
        ("r", "bram", "they vote with their radar"),
    ],
)

TABS = Example(
    ".txt",
    """\
Ines Duarte\tWhy do the northern states still pay for two lighthouses on one rock?
Bram Okker\tBecause neither trusts the other's bulb.
Ines Duarte\tWould a treaty help them to save the money?
Bram Okker\tA treaty would give us a third lighthouse. We have drawn it already.
""",
    [
        (
            "i",
            "Ines Duarte",
            "Why do the northern states still pay for two lighthouses on one rock?",
        ),
        ("r", "Bram Okker", "Because neither trusts the other's bulb."),
        ("i", "Ines Duarte", "Would a treaty help them to save the money?"),
        ("r", "Bram Okker", "A treaty would give us a third lighthouse. We have drawn it already."),
    ],
)

OWN_LINE = Example(
    ".txt",
    """\
A ferry that nobody takes

PAULA REYES

Minister, who takes the ferry to the enclave these days?

MINISTER TORVALD AAS

Inspectors, mostly. They take it both ways.

It is the best inspected ferry on the continent.

PAULA REYES

And the people who live there?

MINISTER TORVALD AAS

They have boats, and good reasons not to tell me about them.
""",
    [
        ("i", "PAULA REYES", "Minister, who takes the ferry to the enclave these days?"),
        (
            "r",
            "TORVALD AAS",
            "Inspectors, mostly. They take it both ways.|It is the best inspected ferry on the continent.",
        ),
        ("i", "PAULA REYES", "And the people who live there?"),
        ("r", "TORVALD AAS", "They have boats, and good reasons not to tell me about them."),
    ],
)

INITIALS = Example(
    ".md",
    """\
Mary Jonsson: You left the embassy on a bicycle. Was that a message?

Karel Dvorak: It was a flat tyre on the car. Diplomats see messages in tyres.

MJ: Did the ministry in the east see one?

KD: They sent three notes about it. I answered with a photograph of the tyre.

And then, for a month, nobody wrote to anybody.

MJ: Who broke the silence?

KD: The bicycle shop.
""",
    [
        ("i", "Mary Jonsson", "You left the embassy on a bicycle. Was that a message?"),
        ("r", "Karel Dvorak", "It was a flat tyre on the car. Diplomats see messages in tyres."),
        ("i", "Mary Jonsson", "Did the ministry in the east see one?"),
        (
            "r",
            "Karel Dvorak",
            "They sent three notes about it. I answered with a photograph of the tyre.|And then, for a month, nobody wrote to anybody.",
        ),
        ("i", "Mary Jonsson", "Who broke the silence?"),
        ("r", "Karel Dvorak", "The bicycle shop."),
    ],
)

BOLD_HTML = Example(
    ".html",
    """\
<!doctype html><html><head><title>The tyre affair</title></head><body><main>
<h1>The tyre affair</h1>
<p><b>Mary&nbsp;Jonsson:</b> You left the embassy on a bicycle?</p>
<p><strong>Karel<br>Dvorak</strong>: It was a flat tyre.</p>
<p><b>Mary Jonsson</b>: Did they <b>protest</b>?</p>
<p><strong>Karel&nbsp;Dvorak: </strong>Three times. <b>Never</b> before had a tyre such a press.</p>
<p>My view is simple: mend the tyre.</p>
</main></body></html>
""",
    [
        ("i", "Mary Jonsson", "You left the embassy on a bicycle?"),
        ("r", "Karel Dvorak", "It was a flat tyre."),
        ("i", "Mary Jonsson", "Did they protest?"),
        (
            "r",
            "Karel Dvorak",
            "Three times. Never before had a tyre such a press.|My view is simple: mend the tyre.",
        ),
    ],
)

CAPS_TITLES = Example(
    ".txt",
    """\
Remarks after the meeting of the two presidents

PRESIDENT ADAEZE: Thank you all for coming. We have agreed on the river.

PRIME MINISTER VAN DER BERG: And on the fish in it, which took longer.

MS. HOLLOWAY: Mr. President, does the agreement bind your successors?

PRESIDENT ADAEZE: It binds the fish. My successors will read it: I know them.

MS. HOLLOWAY: Prime Minister, do you share that hope?

PRIME MINISTER VAN DER BERG: I share the river.
""",
    [
        ("r", "ADAEZE", "Thank you all for coming. We have agreed on the river."),
        ("r", "VAN DER BERG", "And on the fish in it, which took longer."),
        ("i", "HOLLOWAY", "Mr. President, does the agreement bind your successors?"),
        ("r", "ADAEZE", "It binds the fish. My successors will read it: I know them."),
        ("i", "HOLLOWAY", "Prime Minister, do you share that hope?"),
        ("r", "VAN DER BERG", "I share the river."),
    ],
)

Q_NO_COLON = Example(
    ".txt",
    """\
Q   Sir, is the border post open?

A   It is open for those who know where it is. We took the sign away in the spring.

Q   Why the sign?

A   It was in the wrong language for half of the readers.

A second sign would have been in the wrong language for the other half.

Q   And now?

A   Now people ask each other, which is what borders are for.
""",
    [
        ("i", "Q", "Sir, is the border post open?"),
        (
            "r",
            "A",
            "It is open for those who know where it is. We took the sign away in the spring.",
        ),
        ("i", "Q", "Why the sign?"),
        (
            "r",
            "A",
            "It was in the wrong language for half of the readers.|A second sign would have been in the wrong language for the other half.",
        ),
        ("i", "Q", "And now?"),
        ("r", "A", "Now people ask each other, which is what borders are for."),
    ],
)

QUESTION_ANSWER = Example(
    ".md",
    """\
**Question:** Is the border post open?

**Answer:** It is open for those who know where it is.

**Question:** Why did you take the sign away? Was it the language?

**Answer:** It was in the wrong language for half of the readers.

- first the northern half,
- then the southern one.

**Question:** And now?

**Answer:** Now people ask each other.
""",
    [
        ("i", "Question", "Is the border post open?"),
        ("r", "Answer", "It is open for those who know where it is."),
        ("i", "Question", "Why did you take the sign away? Was it the language?"),
        (
            "r",
            "Answer",
            "It was in the wrong language for half of the readers.|first the northern half,|then the southern one.",
        ),
        ("i", "Question", "And now?"),
        ("r", "Answer", "Now people ask each other."),
    ],
)

HEADING_SPEAKERS = Example(
    ".md",
    """\
# The sign at the border

## Background

We met the commissioner at the pass.

### Lena Brandt

Is the border post open?

### Commissioner Ruiz

It is open for those who know where it is.

Nobody has complained yet.

### Lena Brandt

Why did you take the sign away?

### Commissioner Ruiz

It was in the wrong language.
""",
    [
        ("i", "Lena Brandt", "Is the border post open?"),
        ("r", "Ruiz", "It is open for those who know where it is.|Nobody has complained yet."),
        ("i", "Lena Brandt", "Why did you take the sign away?"),
        ("r", "Ruiz", "It was in the wrong language."),
    ],
)

HEADING_QUESTIONS = Example(
    ".md",
    """\
# Six things about a border

The commissioner received us at the pass.

## Is the border post open?

It is open for those who know where it is.

## The missing sign

Some call it a provocation, and they are free to.

## Why did you take the sign away?

It was in the wrong language for half of the readers.

The other half could not read it in the fog.

## What would your neighbours put up instead?

A shop.
""",
    [
        ("i", "Q", "Is the border post open?"),
        (
            "r",
            "A",
            "It is open for those who know where it is.|Some call it a provocation, and they are free to.",
        ),
        ("i", "Q", "Why did you take the sign away?"),
        (
            "r",
            "A",
            "It was in the wrong language for half of the readers.|The other half could not read it in the fog.",
        ),
        ("i", "Q", "What would your neighbours put up instead?"),
        ("r", "A", "A shop."),
    ],
)

BOLD_QUESTIONS = Example(
    ".md",
    """\
*The commissioner on signs, fog and the price of a border.*

**Is the border post open?**

It is open for those who know where it is.

**You took the sign away. Your neighbours call that a provocation.**

They call the fog one too.

**Does the alliance have a view on signs?**

The alliance has a **committee** on signs. It has met twice, in two places.

Nobody found the second place.
""",
    [
        ("i", "Q", "Is the border post open?"),
        ("r", "A", "It is open for those who know where it is."),
        ("i", "Q", "You took the sign away. Your neighbours call that a provocation."),
        ("r", "A", "They call the fog one too."),
        ("i", "Q", "Does the alliance have a view on signs?"),
        (
            "r",
            "A",
            "The alliance has a committee on signs. It has met twice, in two places.|Nobody found the second place.",
        ),
    ],
)

ITALIC_QUESTIONS = Example(
    ".html",
    """\
<html><body><article><h1>Signs and fog</h1>
<p><em>Is the border post open?</em></p><p>It is open for those who know where it is.</p>
<p><em>Who else knows?</em></p><p>The <em>geese</em> do. They have crossed it for longer than we have guarded it.</p>
<p><i>And the alliance?</i></p><p>It has a committee.</p><p>The committee has geese.</p>
</article></body></html>
""",
    [
        ("i", "Q", "Is the border post open?"),
        ("r", "A", "It is open for those who know where it is."),
        ("i", "Q", "Who else knows?"),
        ("r", "A", "The geese do. They have crossed it for longer than we have guarded it."),
        ("i", "Q", "And the alliance?"),
        ("r", "A", "It has a committee.|The committee has geese."),
    ],
)

TIME_AFTER_NAME = Example(
    ".txt",
    """\
Nadia Haddad (00:00:04):
Welcome. Is the canal wide enough for two flags?

Admiral Crewe (00:00:11):
For two flags, yes. For two admirals, hardly.

(00:00:31):
I have measured both.

Nadia Haddad (00:01:02):
What did the measuring change?

Admiral Crewe (00:01:07):
My friends.

(01:20):
And the width of the canal, officially: by four metres.
""",
    [
        ("i", "Nadia Haddad", "Welcome. Is the canal wide enough for two flags?"),
        ("r", "Crewe", "For two flags, yes. For two admirals, hardly.|I have measured both."),
        ("i", "Nadia Haddad", "What did the measuring change?"),
        ("r", "Crewe", "My friends.|And the width of the canal, officially: by four metres."),
    ],
)

TIME_LINKS = Example(
    ".md",
    """\
# The canal

**Nadia Haddad** [(00:00:04)](https://pod.example/watch?t=4)
Welcome. Is the canal wide enough for two flags?

**Admiral Crewe** [(00:00:11)](https://pod.example/watch?t=11)
For two flags, yes. For two admirals, hardly.

[(00:00:31)](https://pod.example/watch?t=31) I have measured both.

**Nadia Haddad** [(00:01:02)](https://pod.example/watch?t=62)
What did the measuring change?

**Admiral Crewe** [(00:01:07)](https://pod.example/watch?t=67)
My friends.
""",
    [
        ("i", "Nadia Haddad", "Welcome. Is the canal wide enough for two flags?"),
        ("r", "Crewe", "For two flags, yes. For two admirals, hardly.|I have measured both."),
        ("i", "Nadia Haddad", "What did the measuring change?"),
        ("r", "Crewe", "My friends."),
    ],
)

PLAIN_TIME_LINKS = Example(
    ".md",
    """\
Nadia Haddad [(00:04)](https://pod.example/4): Is the canal wide enough for two flags?

Admiral Crewe [(00:11)](https://pod.example/11): For two flags, yes.

[(00:31)](https://pod.example/31): For two admirals, hardly.

Nadia Haddad [(01:02)](https://pod.example/62): What did the measuring change?

Admiral Crewe [(01:07)](https://pod.example/67): My friends.
""",
    [
        ("i", "Nadia Haddad", "Is the canal wide enough for two flags?"),
        ("r", "Crewe", "For two flags, yes.|For two admirals, hardly."),
        ("i", "Nadia Haddad", "What did the measuring change?"),
        ("r", "Crewe", "My friends."),
    ],
)

TRANSLATED = Example(
    ".txt",
    """\
Ilse Brandt, The Quay (in translation): Minister, who guards the pass in winter?

Arman Tole, Minister of Roads (in translation): The snow, and it has never taken a bribe.

Ilse Brandt (in translation): And in summer?

Arman Tole (speaks after the interpreter): In summer two sergeants and a dog.

Ilse Brandt: Whose dog?

Arman Tole (speaks in French): Ours. The sergeants are on loan.
""",
    [
        ("i", "Ilse Brandt", "Minister, who guards the pass in winter?"),
        ("r", "Arman Tole", "The snow, and it has never taken a bribe."),
        ("i", "Ilse Brandt", "And in summer?"),
        ("r", "Arman Tole", "In summer two sergeants and a dog."),
        ("i", "Ilse Brandt", "Whose dog?"),
        ("r", "Arman Tole", "Ours. The sergeants are on loan."),
    ],
)

ODD_NAMES = Example(
    ".txt",
    """\
Dr. Øyvind Müller: Who owns the seabed under the ice?

Siobhán O’Neill: Whoever has the longer pen. D'Arcy & Sons drew the first line.

Dr. Müller: And the law?

O’Neill: The law arrives with the thaw, as the poets say: late and wet.

Dr. Müller: Does Jean-Luc de la Croix agree with you?

Jean-Luc de la Croix: I agree with the thaw.
""",
    [
        ("i", "Øyvind Müller", "Who owns the seabed under the ice?"),
        ("r", "Siobhán O’Neill", "Whoever has the longer pen. D'Arcy & Sons drew the first line."),
        ("i", "Øyvind Müller", "And the law?"),
        ("r", "Siobhán O’Neill", "The law arrives with the thaw, as the poets say: late and wet."),
        ("i", "Øyvind Müller", "Does Jean-Luc de la Croix agree with you?"),
        ("r", "Jean-Luc de la Croix", "I agree with the thaw."),
    ],
)

CYRILLIC = Example(
    ".txt",
    """\
Анна Лебедь: Who owns the seabed under the ice?

Пётр Коваль: Whoever has the longer pen. The first line was drawn in a hotel.

Анна Лебедь: And the law?

Пётр Коваль: The law arrives with the thaw.
""",
    [
        ("i", "Анна Лебедь", "Who owns the seabed under the ice?"),
        ("r", "Пётр Коваль", "Whoever has the longer pen. The first line was drawn in a hotel."),
        ("i", "Анна Лебедь", "And the law?"),
        ("r", "Пётр Коваль", "The law arrives with the thaw."),
    ],
)

CHINESE = Example(
    ".txt",
    """\
王小明：Who owns the seabed under the ice?
李华：Whoever has the longer pen. The first line was drawn in a hotel.
王小明：And the law?
李华：The law arrives with the thaw.
王小明：Do you believe in it?
李华：I believe in hotels.
""",
    [
        ("i", "王小明", "Who owns the seabed under the ice?"),
        ("r", "李华", "Whoever has the longer pen. The first line was drawn in a hotel."),
        ("i", "王小明", "And the law?"),
        ("r", "李华", "The law arrives with the thaw."),
        ("i", "王小明", "Do you believe in it?"),
        ("r", "李华", "I believe in hotels."),
    ],
)

BRACKETS = Example(
    ".txt",
    """\
[Moderator] Who pays for the cable?

[Vera Lind] Both coasts, and neither knows how much. [laughs]

[Moderator] Is that an accounting trick?

[Vera Lind] It is a treaty. [Crosstalk] Tricks are shorter.

[Moderator] Thank you, Vera.
""",
    [
        ("i", "Moderator", "Who pays for the cable?"),
        ("r", "Vera Lind", "Both coasts, and neither knows how much. [laughs]"),
        ("i", "Moderator", "Is that an accounting trick?"),
        ("r", "Vera Lind", "It is a treaty. [Crosstalk] Tricks are shorter."),
        ("i", "Moderator", "Thank you, Vera."),
    ],
)

NUMBERED = Example(
    ".txt",
    """\
1. Who pays for the cable under the sound?

Both coasts do, and neither knows how much. I asked in three ministries.

2. Is that an accounting trick or a treaty?

It is a treaty. Have you ever read one? They are written so that nobody pays.

3. Describe the day on which the cable fails.

It will be a quiet day. The markets will think it is Sunday.
""",
    [
        ("i", "Q", "Who pays for the cable under the sound?"),
        ("r", "A", "Both coasts do, and neither knows how much. I asked in three ministries."),
        ("i", "Q", "Is that an accounting trick or a treaty?"),
        ("r", "A", "It is a treaty. Have you ever read one? They are written so that nobody pays."),
        ("i", "Q", "Describe the day on which the cable fails."),
        ("r", "A", "It will be a quiet day. The markets will think it is Sunday."),
    ],
)

BLOGGER = Example(
    ".md",
    """\
# What the general really said

I have read the interview so that you need not. Here is the part that matters.

> **Rosa Quint:** General, who commands the strait?
>
> **Gen. Abara:** The current does. We only sign for it.

Note how he avoids the word fleet. He did the same in the spring, and the papers let him.

> **Rosa Quint:** Would the alliance help you there?
>
> **Gen. Abara:** It would help us to sign.

That is as far as he went. More on Thursday, when I have slept.
""",
    [
        ("i", "Rosa Quint", "General, who commands the strait?"),
        ("r", "Abara", "The current does. We only sign for it."),
        ("i", "Rosa Quint", "Would the alliance help you there?"),
        ("r", "Abara", "It would help us to sign."),
    ],
)

SURROUNDED = Example(
    ".md",
    """\
# A general and his strait

The general has commanded three fleets and one orchestra. We met him on the pier, where he feeds the gulls.

General Abara was born in the delta and studied law before he went to sea.

Rosa Quint: General, who commands the strait?

General Abara: The current does. We only sign for it.

Rosa Quint: Would the alliance help you there?

General Abara: It would help us to sign.

And it would bring biscuits.

General Abara is the author of two books on tides. He lives on the coast.

Related articles

- [Ten piers you must see](https://q.example/piers)
- [Why gulls vote](https://q.example/gulls)

Follow us on the radio. All rights reserved.
""",
    [
        ("i", "Rosa Quint", "General, who commands the strait?"),
        ("r", "Abara", "The current does. We only sign for it."),
        ("i", "Rosa Quint", "Would the alliance help you there?"),
        ("r", "Abara", "It would help us to sign.|And it would bring biscuits."),
    ],
)

MAGAZINE = Example(
    ".txt",
    """\
You have written that small fleets grow old before their admirals do.

Is that still your view after the last summer?

It is, and the summer has made it cheaper to hold. We lost two ships to rust and none to anybody else.

Rust has no flag. That is why nobody declares war on it.

Tell us about the second of the two ships.

She was built for another sea. We kept her because a minister had kissed her. Should one sink what a minister has kissed?

What would you ask of your larger allies?

Paint.

Explain that, please.

A fleet that is painted is a fleet that somebody has looked at. Our allies look at maps instead.
""",
    [
        (
            "i",
            "Q",
            "You have written that small fleets grow old before their admirals do.|Is that still your view after the last summer?",
        ),
        (
            "r",
            "A",
            "It is, and the summer has made it cheaper to hold. We lost two ships to rust and none to anybody else.|Rust has no flag. That is why nobody declares war on it.",
        ),
        ("i", "Q", "Tell us about the second of the two ships."),
        (
            "r",
            "A",
            "She was built for another sea. We kept her because a minister had kissed her. Should one sink what a minister has kissed?",
        ),
        ("i", "Q", "What would you ask of your larger allies?"),
        ("r", "A", "Paint."),
        ("i", "Q", "Explain that, please."),
        (
            "r",
            "A",
            "A fleet that is painted is a fleet that somebody has looked at. Our allies look at maps instead.",
        ),
    ],
)

NAMED_MODERATOR = Example(
    ".txt",
    """\
Moderator Ingrid Sol: Welcome to the third panel. Who owns the wind over the border?

Prof. Ade Bello: The turbines do, for twenty years at a time.

Ms Carla Voss: And after that the courts.

Moderator Ingrid Sol: Carla Voss, has a court ever ruled on it?

Ms Carla Voss: Twice, in both directions.

Ingrid Sol: Ade Bello, one sentence, please.

Prof. Ade Bello: The wind will outlive the judges.
""",
    [
        ("i", "Ingrid Sol", "Welcome to the third panel. Who owns the wind over the border?"),
        ("r", "Ade Bello", "The turbines do, for twenty years at a time."),
        ("r", "Carla Voss", "And after that the courts."),
        ("i", "Ingrid Sol", "Carla Voss, has a court ever ruled on it?"),
        ("r", "Carla Voss", "Twice, in both directions."),
        ("i", "Ingrid Sol", "Ade Bello, one sentence, please."),
        ("r", "Ade Bello", "The wind will outlive the judges."),
    ],
)

TRUNCATED_HTML = Example(
    ".html",
    """\
<html><head><title>Wind</title></head><body><nav><a href="/">Home</a></nav><div class="story">
<p><b>Ingrid Sol:</b> Who owns the wind over the border?</p>
<p><b>Ade Bello:</b> The turbines do, for twenty years at a time.
<p><b>Ingrid Sol:</b> And after that?</p>
<p><b>Ade Bello:</b> The courts, and then <i>perhaps the wi""",
    [
        ("i", "Ingrid Sol", "Who owns the wind over the border?"),
        ("r", "Ade Bello", "The turbines do, for twenty years at a time."),
        ("i", "Ingrid Sol", "And after that?"),
        ("r", "Ade Bello", "The courts, and then perhaps the wi"),
    ],
)

CHANGING = Example(
    ".txt",
    """\
The Quay: Madam Secretary, who lost the file?

Secretary General Mirela Vasile: The file was never lost. It was read, which is rarer.

The Quay: By whom?

Mirela Vasile: By the wrong committee.

Q: And what did the committee do?

Vasile: It wrote a second file about the first one.

Q: May we see it?

MV: When it has been lost.
""",
    [
        ("i", "The Quay", "Madam Secretary, who lost the file?"),
        ("r", "Mirela Vasile", "The file was never lost. It was read, which is rarer."),
        ("i", "The Quay", "By whom?"),
        ("r", "Mirela Vasile", "By the wrong committee."),
        ("i", "The Quay", "And what did the committee do?"),
        ("r", "Mirela Vasile", "It wrote a second file about the first one."),
        ("i", "The Quay", "May we see it?"),
        ("r", "Mirela Vasile", "When it has been lost."),
    ],
)

# the fourteen ways of the issue, each with its documents
WAYS: dict[str, dict[str, Example]] = {
    "name-inline": {"inline": INLINE, "lower-case": LOWER_CASE, "tabs": TABS},
    "name-on-its-line": {"own-line": OWN_LINE},
    "initials": {"initials": INITIALS},
    "bold-names": {"bold-html": BOLD_HTML},
    "caps-titles": {"caps-titles": CAPS_TITLES, "named-moderator": NAMED_MODERATOR},
    "question-answer": {"q-no-colon": Q_NO_COLON, "question-answer": QUESTION_ANSWER},
    "headings": {"speakers": HEADING_SPEAKERS, "questions": HEADING_QUESTIONS},
    "set-questions": {"bold": BOLD_QUESTIONS, "italic": ITALIC_QUESTIONS, "magazine": MAGAZINE},
    "time-stamps": {"after-name": TIME_AFTER_NAME, "links": TIME_LINKS,
                    "plain-links": PLAIN_TIME_LINKS},
    "translated": {"translated": TRANSLATED},
    "odd-names": {"odd": ODD_NAMES, "cyrillic": CYRILLIC, "chinese": CHINESE},
    "brackets-and-numbers": {"brackets": BRACKETS, "numbered": NUMBERED},
    "quoted": {"blogger": BLOGGER},
    "surrounded": {"surrounded": SURROUNDED, "truncated": TRUNCATED_HTML, "changing": CHANGING},
}  # fmt: skip
