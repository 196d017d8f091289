"""What speaks against a comment, where a learned score had a say in it."""

from classroom.comments.complaints import DOUBT, complaints, name_of, without
from classroom.meaning import Standard, Verdict, judge
from classroom.meaning.verdict import MOVES, Finding

DOUBTED = Verdict(
    meaningful=False,
    moves=dict.fromkeys(MOVES, False),
    tone="neutral",
    hold=False,
    because=(
        Finding("specific.named", "Marta", (0, 5)),
        Finding("problem.named", "not", (6, 9)),
        Finding(DOUBT, "nice", (10, 14)),
    ),
    words_count=12,
)


def stored(verdict):
    judgement = judge(verdict, Standard(), anchored=False)
    return {
        "hold": verdict.hold,
        "counts": judgement.counts,
        "because": [{"code": one.code, "words": one.words} for one in verdict.because],
        "criteria": [{"code": one.code, "met": one.met} for one in judgement.criteria],
    }


def test_a_doubt_is_a_rule_of_its_own_that_people_can_judge_and_rest():
    assert DOUBT in {one.code for one in complaints(stored(DOUBTED))}
    assert "another" in name_of(DOUBT)
    rested = without(DOUBTED, {DOUBT})
    assert judge(rested, Standard(), anchored=False).counts


def test_mockery_by_score_and_sign_is_named_like_mockery():
    assert name_of("tone.snark.likely").startswith(name_of("tone.snark"))
