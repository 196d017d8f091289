"""Each rule of what counts and what is held, on one work."""

import pytest

from classroom.meaning import Standard, assess, judge

POST = (
    "The rusted swing moved in the wind. Marta counted the coins twice and put the blue envelope back "
    "under the stove. In the second year nobody came to paint the fence. The villain calls her an idiot."
)
BRIEF = "Write a short story with one strong image about poverty. Show, do not tell. At most 500 words."


def verdict(text, **given):
    return assess(text, post=POST, brief=BRIEF, **given)


def codes(found):
    return {one.code for one in found.because}


@pytest.mark.parametrize(
    "text",
    [
        "The rusted swing works because it shows me that nobody has played there for years.",
        "I didn't understand why Marta counts the coins twice, is she afraid of somebody?",
        "You could end on the blue envelope, the fence afterwards weakens it.",
        "Who is supposed to paint the fence? We never learn it.",
        "the fence sentance comes too late, i alredy forgot the swing becuase of it",
        "In the second paragraph the tense jumps from past to present.",
        "I had to go back twice before I understood whose envelope it is",
        "I took the swing for a bench until the wind came, and then had to start again",
        "On my phone the title runs into the line about the fence",
        "Not sure about “rusted swing” – it's a cliché. Maybe use something only this village has?",
    ],
)
def test_a_point_about_this_work_counts(text):
    assert verdict(text).meaningful


@pytest.mark.parametrize(
    "text",
    [
        "Great story! I loved every single word of it and you are a really talented writer, keep it up!",
        "You should add more details, check your grammar and make your introduction more interesting.",
        "Your story is about Marta who counted the coins twice and put the blue envelope under the stove.",
        "Write a short story with one strong image about poverty. Show, do not tell. At most 500 words.",
        "The rusted swing moved in the wind. Marta counted the coins twice and put the blue envelope back.",
        "swing coins envelope stove fence story image good good nice swing coins envelope stove fence",
        "I am only writing this comment to reach the minimum number of words for the points, sorry.",
        "I really like your story about Marta, it was very good and very interesting and so well written.",
        "I agree with you that Marta should not have to count coins because nobody should have to do that.",
        "Use more evidence and develop your arguments about the coins and the fence more deeply.",
        "You are such a talented person and the coins show how mature your way of thinking is.",
        "So good so good so good so good so good so good so good so good",
        "",
        "👍👍👍",
    ],
)
def test_what_would_fit_any_work_or_adds_nothing_does_not_count(text):
    assert not verdict(text).meaningful


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Who counts? Her or the landlord?", True),
        ("Cut this, the coins already tell us.", True),
        ("nice!", False),
        ("I like this sentence.", False),
        ("This part is confusing.", False),
    ],
)
def test_short_is_fine_where_it_is_anchored_and_says_something(text, counts):
    assert verdict(text, quote="Marta counted the coins twice").meaningful is counts
    assert not verdict(text).meaningful


EARLIER = "The opening with the rusted swing is strong since it starts without any explanation of the place."


@pytest.mark.parametrize(
    "again",
    [
        EARLIER,
        EARLIER.upper(),
        EARLIER.replace("strong", "really strong").replace("any ", ""),
        "Since it starts without an explanation of the place, the opening with the rusted swing is strong.",
    ],
)
def test_the_same_text_left_before_does_not_count_again(again):
    assert verdict(again).meaningful
    found = verdict(again, earlier=["Something else entirely.", EARLIER])
    assert not found.meaningful
    assert "copied.earlier" in codes(found)


def test_a_new_point_beside_a_repeated_sentence_counts():
    text = EARLIER + " But why does Marta count the coins twice when nobody is watching her?"
    assert verdict(text, earlier=[EARLIER]).meaningful


@pytest.mark.parametrize(
    "text",
    [
        "This argument is wrong. The fence has nothing to do with the coins, cut it.",
        "The last sentence is boring and the swing is a cliché.",
        "The villain is a disgusting idiot, and I hate him for what he says to Marta.",
        "He “calls her an idiot” is too much tell; let him say it.",
        "I got lost in the second sentence. Terrible place for a time jump.",
        "Poverty is stupid and cruel, and the swing shows that.",
        "Maybe I am wrong, my english is not so good, but I think the wind is to early in the story.",
        "Thank you, this made me laugh 😂 and the envelope is my favourite thing!",
        "Did you choose the blue envelope because of the sky?",
        "Are you serious about the coins? I would have guessed that she counts them once.",
        "The envelope makes me want to apologise to my own mother, you got that so right!",
        "My toddler loved the swing, I read it to him.",
        "Each a b c d of the swing is good, and v2l8 too.",
    ],
)
def test_blunt_words_and_harsh_topics_are_never_held(text):
    assert not verdict(text).hold


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Did you even read the brief?", "snark"),
        ("Wow, another story about a swing.", "snark"),
        ("Not bad for someone like you.", "snark"),
        ("My little brother could write a better story in his sleep.", "snark"),
        ("Congratulations on forgetting the strong image.", "snark"),
        ("Nice try, Einstein.", "snark"),
        ("1985 called, they want their swing back.", "snark"),
        ("Wow, somebody hand this man a Pulitzer.", "snark"),
        ('Your "science" is a swing?', "snark"),
        ("Lol, this belongs in a kindergarten next to the crayons!", "snark"),
        ("you i d i o t", "attack"),
        ("what a m0r0n wrote this", "attack"),
        ("You're an idiot.", "attack"),
        ("you are so stupid omg", "attack"),
        ("This is garbage.", "attack"),
        ("Girls can't write.", "attack"),
        ("Shut up and go back to your country.", "attack"),
    ],
)
def test_mockery_and_attacks_are_held_with_their_words(text, tone):
    found = verdict(text)
    assert (found.tone, found.hold) == (tone, True)
    assert all(words and words in text for words in found.hold_words)


@pytest.mark.parametrize(
    "text",
    [
        "Die rostige Schaukel ist ein starkes Bild, aber das Ende ist für mich nicht klar genug.",
        "La balançoire est une belle image, mais je ne comprends pas la fin de ton histoire.",
        "この話のブランコのイメージはとても強いですが、最後の文が少し説明的すぎると思います。",
        "Качели в начале очень сильные, но я не понимаю, почему она считает монеты дважды.",
    ],
)
def test_a_language_without_lists_is_neither_held_nor_refused(text):
    found = verdict(text)
    assert found.meaningful
    assert not found.hold
    assert "language.unknown" in codes(found)
    assert not verdict(text, earlier=[text]).meaningful


def test_every_finding_can_be_said_in_plain_english():
    from_many = [
        verdict("The swing is great because it shows poverty. Why twice? You're an idiot. Add more details."),
        verdict(EARLIER, earlier=[EARLIER]),
        verdict("Sehr schön, aber ich verstehe nicht, warum sie die Münzen zählt."),
    ]
    for found in from_many:
        assert found.because
        for one in found.because:
            assert one.sentence.endswith(".")
            assert not one.sentence.startswith(one.code)


def test_each_criterion_is_said_once_with_its_best_words():
    found = verdict(
        "The rusted swing and the blue envelope, the coins and the stove: why does she keep the stove?"
    )
    because = found.as_json()["because"]
    assert len(because) == len({sentence.split(":")[0] for sentence in because})
    named = next(sentence for sentence in because if "names something" in sentence)
    assert "“rusted swing”" in named
    assert named.count("“") == 3


def test_what_somebody_else_said_here_before_is_no_word_of_ones_own():
    said = "The coins are strong because I could hear them on the table while I was reading."
    again = "The coins are strong, because I could hear them on the table while reading!"
    assert verdict(said).meaningful
    repeated = assess(again, post=POST, brief=BRIEF, others=[said])
    assert not repeated.meaningful
    assert repeated.found("copied.other")
    assert judge(repeated, Standard(), anchored=False).tip == "own.other"


def test_few_words_may_come_to_two_people():
    assert not assess(
        "Who counts the coins here?", post=POST, brief=BRIEF, others=["Who counts the coins here?"]
    ).found("copied.other")
