"""One dialogue of our own, and the ways to write it down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

ASKER, ANSWERER = "Nora Lindqvist", "Tomasz Wrona"

# (asks, paragraphs)
DIALOGUE: tuple[tuple[bool, tuple[str, ...]], ...] = (
    (True, ("What did the ministers agree on when they met in the harbour town last week?",)),
    (
        False,
        (
            "They agreed to keep the strait open and to say so in one voice. That is more than we "
            "had in the spring, when each of them spoke only to his own newspapers.",
            "Let me say this: a common sentence is worth little until ships sail behind it. I told "
            "them so, and they nodded, which in diplomacy is a kind of weather.",
        ),
    ),
    (True, ("Do you trust the other side to keep its word this time?",)),
    (False, ("My answer: no.",)),
    (True, ("Then why did you sign the text at all?",)),
    (
        False,
        (
            "Because a weak promise can be measured, and a silence cannot. We will count the "
            "ships, the days and the excuses, and in the autumn we will publish the count.",
        ),
    ),
    (True, ("How will your smaller neighbours read this arrangement with the alliance?",)),
    (
        False,
        (
            "They will read it with a magnifying glass. The first thing they look for is whether "
            "anybody decided over their heads, and nobody did.",
            "The second thing is money. There the answer is less pleasant, but it is honest.",
        ),
    ),
)

Turns = Sequence[tuple[bool, Sequence[str]]]


def _labelled(turns: Turns, label: Callable[[bool, int], str], *, between: str = "\n\n") -> str:
    blocks = []
    for number, (asks, paragraphs) in enumerate(turns):
        head, *rest = paragraphs
        blocks.extend([f"{label(asks, number)}{head}", *rest])
    return between.join(blocks) + "\n"


def name_colon(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"{ASKER if asks else ANSWERER}: ")


def name_colon_lines(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"{ASKER if asks else ANSWERER}: ", between="\n")


def caps(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"{'MS. LINDQVIST' if asks else 'MR. WRONA'}:  ")


def bare_q(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: "Q    " if asks else "MINISTER WRONA:  ")


def court(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: "Q.  " if asks else "A.  ")


def qa(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: "Q: " if asks else "A: ")


def question_answer(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: "Question: " if asks else "Answer: ")


def numbered_qa(turns: Turns) -> str:
    return _labelled(turns, lambda asks, n: f"{'Q' if asks else 'A'}{n // 2 + 1}: ")


def initials(turns: Turns) -> str:
    def label(asks: bool, number: int) -> str:
        name = ASKER if asks else ANSWERER
        return f"{name if number < 2 else ''.join(w[0] for w in name.split())}: "

    return _labelled(turns, label)


def surname_after(turns: Turns) -> str:
    def label(asks: bool, number: int) -> str:
        name = ASKER if asks else ANSWERER
        return f"{name if number < 2 else name.split()[-1]}: "

    return _labelled(turns, label)


def title_before(turns: Turns) -> str:
    def label(asks: bool, number: int) -> str:
        if asks:
            return f"{ASKER}: "
        return f"{'Foreign Minister of Poland ' if number < 2 else ''}{ANSWERER}: "

    return _labelled(turns, label)


def time_code(turns: Turns) -> str:
    return _labelled(turns, lambda asks, n: f"[00:{n:02}:15] {ASKER if asks else ANSWERER}: ")


def time_line(turns: Turns) -> str:
    return _labelled(turns, lambda asks, n: f"{ASKER if asks else ANSWERER} ({n:02}:15):\n")


def numbered_speakers(turns: Turns) -> str:
    return _labelled(turns, lambda asks, n: f"Speaker {1 if asks else 2}  0:{n:02}\n")


def own_line(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"{ASKER if asks else ANSWERER}\n\n")


def own_line_caps(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"{(ASKER if asks else ANSWERER).upper()}:\n")


def roles(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"{'Interviewer' if asks else 'Interviewee'}: ")


def lower_case_roles(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"{'Host' if asks else 'Former minister'}: ")


def brackets(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"[{ASKER if asks else ANSWERER}] ")


def dash(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"{ASKER if asks else ANSWERER} — ")


def bold_md(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"**{ASKER if asks else ANSWERER}:** ")


def bold_md_lines(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"**{ASKER if asks else ANSWERER}**: ", between="  \n")


def bold_md_q(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: "**Q:** " if asks else "**A:** ")


def bold_md_no_colon(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"**{ASKER if asks else ANSWERER}** ")


def bold_md_own_line(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"**{ASKER if asks else ANSWERER}**\n\n")


def italic_md(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"*{ASKER if asks else ANSWERER}:* ")


def heading_md(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"### {ASKER if asks else ANSWERER}:\n")


def heading_md_no_colon(turns: Turns) -> str:
    return _labelled(turns, lambda asks, _: f"## {ASKER if asks else ANSWERER}\n\n")


def bold_question_md(turns: Turns) -> str:
    return "\n\n".join(
        f"**{text}**" if asks else text for asks, paragraphs in turns for text in paragraphs
    )


def italic_question_md(turns: Turns) -> str:
    return "\n\n".join(
        f"*{text}*" if asks else text for asks, paragraphs in turns for text in paragraphs
    )


def heading_question_md(turns: Turns) -> str:
    return "\n\n".join(
        f"## {text}" if asks else text for asks, paragraphs in turns for text in paragraphs
    )


def quoted_question_md(turns: Turns) -> str:
    return "\n\n".join(
        f"> {text}" if asks else text for asks, paragraphs in turns for text in paragraphs
    )


def bold_q_whole_md(turns: Turns) -> str:
    return "\n\n".join(
        f"**Q: {text}**" if asks else text for asks, paragraphs in turns for text in paragraphs
    )


def magazine(turns: Turns) -> str:
    return "\n\n".join(text for _, paragraphs in turns for text in paragraphs)


def _page(body: str) -> str:
    return (
        "<!doctype html><html lang='en'><head><title>A strait and its readers | The Lantern"
        "</title><meta property='article:published_time' content='2024-04-02T10:00:00Z'></head>"
        "<body class='has-sidebar'><nav><ul><li><a href='/'>Home</a></li></ul></nav><main><article>"
        f"<h1>A strait and its readers</h1><div class='entry-content'>{body}</div></article></main>"
        "<aside><p>Most read: ten harbours in one day</p></aside>"
        "<footer><p>All rights reserved.</p></footer></body></html>"
    )


def html_bold(turns: Turns) -> str:
    def label(asks: bool, _: int) -> str:
        return f"<b>{(ASKER if asks else ANSWERER).replace(' ', '&nbsp;')}:</b> "

    blocks = _labelled(turns, label).strip().split("\n\n")
    return _page("".join(f"<p>{block}</p>" for block in blocks))


def html_strong_break(turns: Turns) -> str:
    blocks = []
    for asks, paragraphs in turns:
        name = ASKER if asks else ANSWERER
        blocks.append(f"<p><strong>{name}</strong><br>{'<br><br>'.join(paragraphs)}</p>")
    return _page("".join(blocks))


def html_bold_question_break(turns: Turns) -> str:
    blocks = []
    for asks, paragraphs in turns:
        if asks:
            blocks.append(f"<p><strong>{' '.join(paragraphs)}</strong><br/>")
        else:
            blocks.append("</p><p>".join(paragraphs) + "</p>")
    return _page("".join(blocks))


def html_definition_list(turns: Turns) -> str:
    blocks = [
        f"<dt>{' '.join(paragraphs)}</dt>" if asks else f"<dd>{'<br><br>'.join(paragraphs)}</dd>"
        for asks, paragraphs in turns
    ]
    return _page(f"<dl>{''.join(blocks)}</dl>")


def html_div_rows(turns: Turns) -> str:
    blocks = []
    for asks, paragraphs in turns:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        name = ASKER if asks else ANSWERER
        blocks.append(f"<div class='row'><div class='who'>{name}</div><div>{text}</div></div>")
    return _page("".join(blocks))


def html_table(turns: Turns) -> str:
    rows = [
        f"<tr><td>{ASKER if asks else ANSWERER}:</td><td>{'<br><br>'.join(paragraphs)}</td></tr>"
        for asks, paragraphs in turns
    ]
    return _page(f"<table>{''.join(rows)}</table>")


RENDERINGS: dict[str, tuple[Callable[[Turns], str], str]] = {
    **{
        function.__name__: (function, ".txt")
        for function in (
            name_colon, name_colon_lines, caps, bare_q, court, qa, question_answer, numbered_qa,
            initials, surname_after, title_before, time_code, time_line, numbered_speakers,
            own_line, own_line_caps, roles, lower_case_roles, brackets, dash, magazine,
        )
    },
    **{
        function.__name__: (function, ".md")
        for function in (
            bold_md, bold_md_lines, bold_md_q, bold_md_no_colon, bold_md_own_line, italic_md,
            heading_md, heading_md_no_colon, bold_question_md, italic_question_md,
            heading_question_md, quoted_question_md, bold_q_whole_md,
        )
    },
    **{
        function.__name__: (function, ".html")
        for function in (
            html_bold, html_strong_break, html_bold_question_break, html_definition_list,
            html_div_rows, html_table,
        )
    },
}  # fmt: skip
