"""Pages of posts: one who answers many, whatever the forum, and newspapers' comments beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from pipeline.config import load_settings
from pipeline.ingest import read_bytes
from pipeline.records import Interview, Source
from pipeline.turns import build_interview

Said = tuple[int, str, str]
TITLE = "I kept the harbour for eleven years, ask me anything"
OPENING = "I kept the harbour until the crane fell. Ask me how it was lost, and who paid for it."
# depth, user, words
SAID: tuple[Said, ...] = (
    (0, "gull_watcher", "Why was the pier closed? And for how long will it be?"),
    (1, "harbour_master", "The crane fell into the basin, and nobody could raise it for a year."),
    (2, "tide_table", "My uncle has the same crane."),
    (3, "harbour_master", "Then bring him, and bring a rope that is longer than mine was."),
    (1, "rope_seller", "I have ropes."),
    (0, "nightferry", "Which port is next?"),
    (1, "harbour_master", "The one whose crane is older than ours. I shall not say which."),
)
ROLES = "r i r i r o i r"


def page(body: str, *, title: str = TITLE) -> Source:
    text = (
        f"<!doctype html><html lang='en'><head><title>{title} : harbours</title></head><body>"
        f"<nav><a>Home</a> <a>Log in</a></nav>{body}<footer><p>We use cookies to keep you logged "
        "in, as all of the others do.</p></footer></body></html>"
    )
    return read_bytes(text.encode(), name="a.html")


def build(source: Source) -> Interview:
    return build_interview(source, interview_id="k", settings=load_settings().segment)


def nest(said: Sequence[Said], draw: Callable[[str, str, str], str]) -> str:
    """Draw each post with the replies to it inside."""
    drawn, at = [], 0
    while at < len(said):
        depth, user, words = said[at]
        below = at + 1
        while below < len(said) and said[below][0] > depth:
            below += 1
        drawn.append(draw(user, words, nest(said[at + 1 : below], draw)))
        at = below
    return "".join(drawn)


def old_reddit(said: Sequence[Said], opening: str) -> str:
    buttons = "<ul class='flat-list buttons'><li>permalink</li><li>reply</li></ul>"

    def draw(user: str, words: str, replies: str) -> str:
        own = " submitter" if user == "harbour_master" else ""
        return (
            f"<div class='thing comment noncollapsed' data-author='{user}'><div class='midcol'>"
            "<div class='arrow up'></div></div><div class='entry unvoted'><p class='tagline'>"
            f"<a class='expand'>[–]</a><a class='author{own}'>{user}</a><span class='flair'>sea"
            "</span> <span class='score'>12 points</span> <time>2 hours ago</time></p><form "
            f"class='usertext'><div class='usertext-body'><div class='md'><p>{words}</p></div>"
            f"</div></form>{buttons}</div><div class='child'>{replies}</div></div>"
        )

    return (
        "<div class='side'><div class='titlebox'><h1>harbours</h1><div class='md'><p>Be kind to "
        "all who keep a harbour, and to their gulls.</p></div><ul class='content'><li>"
        "<a class='author'>the_moderator</a></li></ul></div></div><div class='content'><div "
        f"class='thing link self'><div class='entry'><p class='title'><a class='title'>{TITLE}"
        "</a></p><p class='tagline'>submitted by <a class='author submitter'>harbour_master</a>"
        "</p><div class='expando'><form class='usertext'><div class='usertext-body'><div "
        f"class='md'><p>{opening}</p></div></div></form></div></div></div><div "
        f"class='commentarea'><div class='sitetable nestedlisting'>{nest(said, draw)}</div></div>"
        "</div>"
    )


def new_reddit(said: Sequence[Said], opening: str) -> str:
    def draw(user: str, words: str, replies: str) -> str:
        return (
            f"<shreddit-comment author='{user}' depth='1'><template shadowrootmode='open'>"
            "<p>Collapse this comment</p></template><div slot='commentMeta'><faceplate-tracker>"
            f"<a href='/user/{user}/'>{user}</a></faceplate-tracker><span class='text-12'>•</span>"
            "<faceplate-timeago><time>2h ago</time></faceplate-timeago></div><div slot='comment' "
            f"class='md text-14'><div id='t1-comment-rtjson-content'><p>{words}</p></div></div>"
            "<shreddit-comment-action-row slot='actionRow'><button>Reply</button> 12 "
            f"</shreddit-comment-action-row>{replies}</shreddit-comment>"
        )

    return (
        f"<main><shreddit-post author='harbour_master' post-title='{TITLE}'><div "
        "slot='credit-bar'><a href='/r/harbours'>r/harbours</a></div><h1 "
        f"slot='title'>{TITLE}</h1><div slot='text-body'><div class='md'><p>{opening}</p></div>"
        f"</div></shreddit-post><shreddit-comment-tree>{nest(said, draw)}</shreddit-comment-tree>"
        "</main><aside><div class='md'><p>Be kind.</p></div></aside>"
    )


def hacker_news(said: Sequence[Said], opening: str) -> str:
    rows = "".join(
        f"<tr class='athing comtr'><td><table><tr><td class='ind' indent='{depth}'></td><td "
        f"class='default'><div><span class='comhead'><a class='hnuser'>{user}</a> <span "
        "class='age'>2 hours ago</span> <span class='navs'>| <a>next</a> <a>[–]</a></span></span>"
        f"</div><div class='comment'><div class='commtext c00'>{words}</div><div class='reply'>"
        "<p><font size='1'><a>reply</a></font></p></div></div></td></tr></table></td></tr>"
        for depth, user, words in said
    )
    return (
        "<center><table><tr><td><table class='fatitem'><tr class='athing'><td class='title'>"
        f"<span class='titleline'><a>{TITLE}</a></span></td></tr><tr><td class='subtext'><span "
        "class='score'>12 points</span> by <a class='hnuser'>harbour_master</a></td></tr><tr><td>"
        f"<div class='toptext'>{opening}</div></td></tr><tr><td><form><textarea></textarea>"
        f"</form></td></tr></table><table class='comment-tree'>{rows}</table></td></tr></table>"
        "</center>"
    )


def discourse(said: Sequence[Said], opening: str) -> str:
    def draw(user: str, words: str) -> str:
        return (
            "<div class='topic-post'><article class='boxed'><div class='topic-avatar'><img></div>"
            "<div class='topic-body'><div class='topic-meta-data'><div class='names'><span "
            f"class='first username'><a data-user-card='{user}'>{user}</a></span><span "
            "class='user-title'>keeper</span></div><a class='reply-to-tab'>in reply to</a><a "
            "class='post-date'>2h</a></div><div class='regular contents'><div class='cooked'><p>"
            f"{words}</p></div><div class='post-menu-area'><button>Like</button></div></div></div>"
            "</article></div>"
        )

    posts = "".join(draw(user, words) for _, user, words in said)
    return f"<main><h1>{TITLE}</h1>{draw('harbour_master', opening)}{posts}</main>"


def discourse_plain(said: Sequence[Said], opening: str) -> str:
    def draw(user: str, words: str) -> str:
        return (
            "<div itemprop='comment' class='topic-body crawler-post'><div "
            "class='crawler-post-meta'><span class='creator' itemprop='author'><a><span "
            f"itemprop='name'>{user}</span></a></span><span class='crawler-post-infos'><time>2 "
            f"June</time></span></div><div class='post' itemprop='text'><p>{words}</p></div></div>"
        )

    posts = "".join(draw(user, words) for _, user, words in said)
    return f"<main><h1>{TITLE}</h1>{draw('harbour_master', opening)}{posts}</main>"


def phpbb(said: Sequence[Said], opening: str) -> str:
    def draw(user: str, words: str) -> str:
        return (
            f"<div class='post bg2'><dl class='postprofile'><dt><a class='username'>{user}</a>"
            "</dt><dd>Posts: 12</dd></dl><div class='postbody'><div><h3>Re: the harbour</h3><p "
            f"class='author'>by <strong><a class='username'>{user}</a></strong> » 2 Jun 2024, "
            f"9:00 pm</p><div class='content'>{words}</div><div class='signature'>Ships and "
            "shores since the year of the big wave</div></div></div></div>"
        )

    posts = "".join(draw(user, words) for _, user, words in said)
    return f"<h2 class='topic-title'>{TITLE}</h2>{draw('harbour_master', opening)}{posts}"


def xenforo(said: Sequence[Said], opening: str) -> str:
    def draw(user: str, words: str) -> str:
        return (
            f"<article class='message message--post' data-author='{user}'><div "
            f"class='message-user'><h4 class='message-name'><a class='username'>{user}</a></h4><h5 "
            "class='userTitle'>Well-known member</h5></div><div class='message-main'><ul><li>Jun "
            "2, 2024</li><li>#2</li></ul><div class='message-content js-messageContent'><article "
            f"class='message-body'><div class='bbWrapper'>{words}</div></article></div></div>"
            "</article>"
        )

    posts = "".join(draw(user, words) for _, user, words in said)
    return f"<h1 class='p-title-value'>{TITLE}</h1>{draw('harbour_master', opening)}{posts}"


def plain(said: Sequence[Said], opening: str) -> str:
    """Of no known make: the words are paragraphs beside the author's line."""

    def draw(user: str, words: str, replies: str) -> str:
        return (
            f"<article class='comment'><header><span class='author'>{user}</span> <time>2 hours "
            f"ago</time></header><p>{words}</p><p class='actions'><a>Reply</a></p><div "
            f"class='replies'>{replies}</div></article>"
        )

    first = draw("harbour_master", opening, "").replace("'comment'", "'topic'")
    return f"<h1>{TITLE}</h1>{first}<section id='comments'>{nest(said, draw)}</section>"


FORUMS = (
    old_reddit, new_reddit, hacker_news, discourse, discourse_plain, phpbb, xenforo, plain,
)  # fmt: skip


def roles(interview: Interview) -> str:
    speakers = interview.speaker_by_id()
    return " ".join(speakers[turn.speaker_id].role[0] for turn in interview.turns)


@pytest.mark.parametrize("forum", FORUMS, ids=lambda forum: forum.__name__)
def test_posts_are_turns_in_the_order_of_the_page(
    forum: Callable[[Sequence[Said], str], str],
) -> None:
    interview = build(page(forum(SAID, OPENING)))
    names = {speaker.id: speaker.name for speaker in interview.speakers}
    said = [("harbour_master", OPENING), *((user, words) for _, user, words in SAID)]
    assert [(names[turn.speaker_id], turn.text) for turn in interview.turns] == said
    assert roles(interview) == ROLES
    assert interview.title == TITLE


def test_robots_and_deleted_posts_are_left_out_and_accounted_for() -> None:
    said = (
        (0, "AutoModerator", "Ask the keeper what you like, and nothing else."),
        (0, "tide_helper", "The high water is at nine. I am a bot."),
        *SAID,
        (0, "[deleted]", "[removed]"),
        (1, "harbour_master", "No, the gulls were not paid for it."),
        (0, "[deleted]", "Were you ever asked to come back to it?"),
    )
    source = page(old_reddit(said, OPENING))
    assert roles(build(source)) == f"{ROLES} i"
    assert [turn.speaker for turn in source.turns][-1] == "deleted"
    reasons = {piece.text: piece.reason for piece in source.dropped}
    assert reasons[said[0][2]] == reasons[said[1][2]] == "post of a robot"
    assert reasons["[removed]"] == "deleted post"


@pytest.mark.parametrize("forum", FORUMS, ids=lambda forum: forum.__name__)
def test_every_word_of_the_page_is_accounted_for(
    forum: Callable[[Sequence[Said], str], str],
) -> None:
    body = forum(SAID, OPENING)
    source = page(f"{body}<p>Powered by 3 cranes</p>")
    seen = " ".join([*(one.text for one in source.turns), *(one.text for one in source.dropped)])
    around = ("Home", "Log in", "cookies", "Powered by 3 cranes", TITLE, "gull_watcher")
    assert all(words in seen for words in around)
    assert {one.reason for one in source.dropped} >= {"outside the posts", "page furniture (nav)"}


def test_what_a_post_quotes_of_another_is_not_its_own() -> None:
    quote = "<blockquote><p>{}</p></blockquote>"
    proverb = quote.format("A harbour is a house for ships.")
    said = (
        SAID[0],
        (1, "harbour_master", f"{quote.format('for how long will it be?')}<p>A year.</p>"),
        *SAID[2:-1],
        (1, "harbour_master", f"{proverb}<p>So they say there, in the port whose crane is older."),
    )
    source = page(new_reddit(said, OPENING))
    assert [turn.text for turn in source.turns if turn.role == "respondent"] == [
        OPENING,
        "A year.",
        said[3][2],
        "A harbour is a house for ships.\n\nSo they say there, in the port whose crane is older.",
    ]


@pytest.mark.parametrize(
    "quote",
    [
        "<cite>gull_watcher wrote: ↑2 Jun 2024, 9:00 pm</cite>And for how long will it be?",
        "<div class='title'><a>gull_watcher said:</a></div><div class='expand'>And for how long "
        "will it be?</div><div><a>Click to expand...</a></div>",
    ],
)
def test_whom_a_post_quotes_is_no_word_of_its_own(quote: str) -> None:
    said = (SAID[0], (1, "harbour_master", f"<blockquote>{quote}</blockquote>A year."), *SAID[2:])
    source = page(xenforo((*said, (1, "harbour_master", SAID[1][2])), OPENING))
    assert [turn.text for turn in source.turns][2] == "A year."


def test_a_guest_may_answer_below_what_a_moderator_opened() -> None:
    said = tuple((depth, user.replace("harbour", "ferry"), words) for depth, user, words in SAID)
    words = "With us today is the keeper of the ferry. Ask away, please!"
    interview = build(page(discourse((*said, (0, "harbour_master", "Thank you!")), words)))
    answering = [one.name for one in interview.speakers if one.role == "respondent"]
    assert answering == ["ferry_master"]


def newspaper(comments: Sequence[tuple[str, str]], talk: str) -> str:
    """An interview, its writer's name, and what readers and the writer wrote below."""
    posts = "".join(
        f"<li class='comment'><article class='comment-body'><footer class='comment-meta'><div "
        f"class='comment-author vcard'><b class='fn'>{user}</b> <span>says:</span></div><time>2 "
        f"June</time></footer><div class='comment-content'><p>{words}</p></div></article></li>"
        for user, words in comments
    )
    return (
        f"<main><article><h1>{TITLE}</h1><p class='byline'><a class='author'>Ann Roe</a></p><div "
        f"class='entry-content'>{talk}</div></article><section class='comments'><ol "
        f"class='comment-list'>{posts}</ol></section></main>"
    )


@pytest.mark.parametrize("times", [1, 6])
def test_comments_below_an_interview_are_no_talk(times: int) -> None:
    talk = "".join(
        f"<p><b>{question}</b></p><p>{answer}</p>"
        for question, answer in (
            ("Why was the pier closed?", "The crane fell into the basin, and there it lay."),
            ("And for how long?", "For a year. Nobody had a rope that was long enough for it."),
            ("Which port is next?", "The one whose crane is older than ours, I am afraid."),
        )
    )
    comments = [
        ("gull", "A fine talk about a sad crane, and I say so as a friend of all the gulls there."),
        ("Ann Roe", "Thank you for that!"),
        ("tide", "Why did nobody ask the owner of the crane what he thinks of it all by now?"),
        ("Ann Roe", "He did not want to speak to us."),
    ] * times
    interview = build(page(newspaper(comments, talk)))
    assert roles(interview) == "i r i r i r"


def test_an_interview_that_was_posted_is_no_talk_of_those_who_comment_on_it() -> None:
    talk = "".join(
        f"<p>Ann Roe: Why was pier {number} closed?</p><p>Bob Hale: The crane fell upon it, as it "
        "fell upon all of the others in the course of that year.</p>"
        for number in range(2, 9)
    )
    interview = build(page(old_reddit(SAID, talk)))
    assert [speaker.name for speaker in interview.speakers] == ["Ann Roe", "Bob Hale"]


def test_posts_that_nobody_answers_are_no_talk() -> None:
    said = tuple((0, f"user_{number}", words) for number, (_, _, words) in enumerate(SAID))
    assert not page(xenforo(said, OPENING)).turns
