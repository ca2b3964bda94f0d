"""What stays and goes by where it stands: under the title, above and inside the body, in a picture's markup."""

# ruff: noqa: E501 - the samples are lines of articles, and sentences are long

from __future__ import annotations

import pytest

from normalize.clean import removed
from normalize.corpus import Article
from normalize.pipeline import clean_text

TITLE = "The Ferry to Tolland Island Sails Again After Nine Years"
STANDFIRST = "After nine years of repairs and quarrels over money, the island has its boat back, and nobody waved it off in silence."
BODY = (
    "The ferry to Tolland Island sailed on Monday for the first time in nine years, with two hundred people and a brass band on board.",
    "It had been laid up since a storm broke the pier, and the county and the islanders could not agree on who should pay for a new one.",
    "What the New Pier Means for the Farms",
    "Farmers on the island say that they will again bring their milk to the mainland themselves instead of selling it to a single dealer.",
    "The dealer, who has bought their milk at his own price since the storm, did not want to speak about it on Monday.",
    "The county has promised that the ferry will run until the autumn, and that it will then count the passengers before it decides.",
)
PAGE = """<html><head><title>{title}</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li><li><a href="/s">Sport</a></li></ul></nav>
<main><article><h1>{title}</h1><div class="lead">{standfirst}</div><div class="byline">By Ada Mill</div>
{body}
</article></main><footer><p><a href="/about">About us</a></p><p>© 2024 The Tolland Post</p></footer></body></html>"""


def page(*parts: str, standfirst: str = STANDFIRST) -> Article:
    body = "\n".join(parts)
    return clean_text(PAGE.format(title=TITLE, standfirst=standfirst, body=body).encode(), format="html")


def paragraphs(*lines: str) -> list[str]:
    return [f"<p>{line}</p>" for line in lines]


def text(*lines: str) -> list[str]:
    return clean_text("\n".join(lines).encode()).text.split("\n")


def test_a_sentence_under_the_title_of_a_page_stays() -> None:
    assert page(*paragraphs(*BODY)).text.split("\n") == [TITLE, STANDFIRST, *BODY]


def test_a_linked_sentence_under_the_title_goes() -> None:
    linked = '<a href="/other">Nine towns on the coast want their own boat, and the county says that it cannot pay for them all.</a>'
    assert "Nine towns" not in page(*paragraphs(*BODY), standfirst=linked).text


def test_a_pictures_caption_leaves_the_body_and_is_listed() -> None:
    figure = '<figure><img src="a.jpg"><figcaption>The ferry in the harbour of Tolland on Monday morning.</figcaption></figure>'
    found = page(*paragraphs(*BODY[:3]), figure, *paragraphs(*BODY[3:]))
    assert found.text.split("\n") == [TITLE, STANDFIRST, *BODY]
    assert [item.rule for item in removed(found) if item.text.startswith("The ferry in the harbour")] == ["caption"]


def test_sub_heads_quotations_and_what_leads_to_a_list_stay_in_a_page() -> None:
    parts = [
        *paragraphs(BODY[0]),
        "<h2>Cows First</h2>",
        *paragraphs(BODY[1]),
        "<blockquote><p>We have our boat. I can hardly believe it.</p></blockquote>",
        *paragraphs(BODY[3]),
        "<h3>Three things are still missing:</h3>",
        "<ul><li>a shelter on the pier,</li><li>a winter timetable,</li><li>someone to sell the tickets.</li></ul>",
        *paragraphs(*BODY[4:]),
    ]
    kept = page(*parts).text.split("\n")
    for line in (
        "Cows First",
        "We have our boat. I can hardly believe it.",
        "Three things are still missing:",
        "a winter timetable,",
    ):
        assert line in kept


def test_a_sub_head_with_capitals_throughout_stays_in_plain_text() -> None:
    assert text("Home", "News", TITLE, "Share", *BODY, "Comments", "© 2024 The Tolland Post") == [TITLE, *BODY]


def test_a_button_between_the_paragraphs_is_not_the_title() -> None:
    button = "Keep reading the whole story"
    lines = text("Home", "News", TITLE, "By Ada Mill", button, *BODY[:2], button, *BODY[3:4], button, *BODY[4:])
    assert TITLE in lines


def test_a_heading_below_a_sentence_above_the_body_stays() -> None:
    first = "Everything that happened on the island on Monday, as our reporters saw it."
    heading = "9:05 - The ferry leaves the harbour"
    lines = text(TITLE, "By Ada Mill", first, "Advertisement", heading, *BODY[:2], *BODY[3:])
    assert {TITLE, first, heading, *BODY[:2], *BODY[3:]} <= set(lines)


@pytest.mark.parametrize(
    "line",
    [
        "Our stories may contain affiliate links, for which we are paid when you buy something.",
        "We may earn a commission if you buy something through a link on this page.",
        "Cet article peut contenir des liens affiliés.",
    ],
)
def test_a_note_on_affiliate_links_goes(line: str) -> None:
    assert line not in text("Home", "News", TITLE, "By Ada Mill", *BODY, line, "Comments")


def test_a_question_after_arrows_is_another_articles_title_where_it_is_a_link() -> None:
    link = '<p><a href="/why">&gt;&gt; Why did the repairs of the pier take nine years?</a></p>'
    assert "Why did the repairs" not in page(*paragraphs(*BODY[:3]), link, *paragraphs(*BODY[3:])).text


def test_a_title_repeated_above_the_first_sentence_stays_once() -> None:
    question = "Why did the ferry to Tolland Island stay in the harbour for nine years?"
    head = [f"Home » Travel » {question}", question, "by Newsroom", question, "Tolland"]
    foot = ["(abc/def)", "2024-05-21 03:45:05", "You may also like", "Leave a Comment"]
    assert text(*head, *BODY[:2], *BODY[3:], *foot) == [question, *BODY[:2], *BODY[3:]]
