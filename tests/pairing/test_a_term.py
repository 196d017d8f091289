"""A whole term in any order: people join, post, leave and return; comments are begun, finished, removed."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from classroom.pairing import Commenter, Pair, Work, assign
from tests.pairing.invariants import check_plan, check_short, promised


class Term(RuleBasedStateMachine):
    """After every event the engine is run, as the product does, and its plan carried out."""

    @initialize(n=st.integers(1, 3), seed=st.integers(0, 5), at_most=st.booleans(), size=st.integers(0, 6))
    def begins(self, n, seed, at_most, size):
        self.n, self.seed, self.at_most = n, seed, n if at_most else None
        self.people = {i: Commenter(i) for i in range(size)}
        self.works: dict[int, Work] = {}
        self.pairs: dict[tuple[int, int], Pair] = {}
        self.conflicts: frozenset[tuple[int, int]] = frozenset()
        self.plan = None
        self.mend()

    def mend(self):
        existing = list(self.pairs.values())
        people, works = list(self.people.values()), list(self.works.values())
        plan = assign(
            people, works, existing, n=self.n, seed=self.seed, conflicts=self.conflicts, at_most=self.at_most
        )
        check_plan(people, works, existing, plan, n=self.n, conflicts=self.conflicts)
        self.pairs = {(pair.commenter, pair.work): pair for pair in plan.applied_to(existing)}
        self.plan = plan

    @rule(group=st.sampled_from([None, None, 1]), cap=st.sampled_from([None, None, 1, 5]))
    def someone_joins(self, group, cap):
        new = len(self.people)
        self.people[new] = Commenter(new, group, cap=cap)
        self.mend()

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def someone_posts(self, data):
        author = data.draw(st.sampled_from(sorted(self.people)))
        if author not in {work.author for work in self.works.values()}:
            self.works[1000 + author] = Work(1000 + author, author, float(len(self.works)))
        self.mend()

    @precondition(lambda self: self.people)
    @rule(data=st.data())
    def someone_leaves_or_returns(self, data):
        one = self.people[data.draw(st.sampled_from(sorted(self.people)))]
        self.people[one.id] = Commenter(one.id, one.group, not one.active, one.cap)
        self.mend()

    @precondition(lambda self: self.works)
    @rule(data=st.data())
    def a_post_is_withdrawn_or_restored(self, data):
        work = self.works[data.draw(st.sampled_from(sorted(self.works)))]
        self.works[work.id] = Work(work.id, work.author, work.posted, not work.eligible)
        self.mend()

    @precondition(lambda self: self.pairs)
    @rule(data=st.data(), state=st.sampled_from(["started", "done", "asked", "removed"]))
    def a_comment_changes(self, data, state):
        """Begun, finished, given back unbegun (a lease that ran out), or removed by a moderator."""
        ids = data.draw(st.sampled_from(sorted(self.pairs)))
        if state == "removed":
            del self.pairs[ids]
        else:
            self.pairs[ids] = Pair(*ids, done=state == "done", started=state == "started")
        self.mend()

    @precondition(lambda self: len(self.people) > 1)
    @rule(data=st.data())
    def two_must_not_meet(self, data):
        pair = data.draw(st.tuples(*[st.sampled_from(sorted(self.people))] * 2))
        self.conflicts |= {pair}
        self.mend()

    @rule(n=st.integers(0, 3))
    def the_teacher_changes_how_many(self, n):
        self.n, self.at_most = n, n if self.at_most is not None else None
        self.mend()

    @invariant()
    def what_is_short_is_said(self):
        if self.plan:
            check_short(
                list(self.people.values()),
                list(self.works.values()),
                list(self.pairs.values()),
                self.plan,
                self.n,
            )

    @invariant()
    def nobody_is_asked_twice_for_an_uncovered_swap(self):
        """No one who has not begun sits on a work with two more than another they might read instead."""
        if not self.plan:
            return
        people, works = list(self.people.values()), [work for work in self.works.values() if work.eligible]
        got = promised(people, works, list(self.pairs.values()))
        for (reader, at), pair in self.pairs.items():
            for work in () if pair.locked else works:
                one, author = self.people[reader], self.people[work.author]
                if got[work.id] <= got[at] - 2 and (reader, work.id) not in self.pairs:
                    assert (
                        reader == author.id
                        or (one.group is not None and one.group == author.group)
                        or (reader, author.id) in self.conflicts
                    )


TestTerm = Term.TestCase
TestTerm.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
