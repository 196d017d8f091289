"""What an import would do: added, changed, dropped, the same; and that doing it twice does nothing."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom.access import Role
from classroom.courses.roster import Code, Enrolled, difference, email_key, guess_columns, pasted, read, rows

MAYA = Enrolled(1, "Maya Adler", "maya@example.org", "0071", "A")
BO = Enrolled(2, "Bo Li", "bo@example.org", "0072", "B")
IDA = Enrolled(3, "Ida Berg", "ida@example.org")
TEACHER = Enrolled(8, "Ruth Stern", "ruth@example.org", role=Role.INSTRUCTOR)
TUTOR = Enrolled(9, "Tom Okafor", "tom@example.org", "0099", role=Role.ASSISTANT)
HEADING = "name,email,ID,section\n"
SAME = "Maya Adler,maya@example.org,0071,A\nBo Li,bo@example.org,0072,B\n"


def rows_of(content):
    table = read(pasted(content))
    return rows(table, guess_columns(table))


def compare(existing, content, *, drop_missing=True):
    return difference(existing, rows_of(content), drop_missing=drop_missing)


def shifts_of(found):
    return [{name: (s.before, s.after) for name, s in change.fields.items()} for change in found.change]


def after(existing, found):
    """The course as it is once the difference is carried out."""
    people = {person.id: person for person in existing}
    for change in found.change:
        values = {name: shift.after for name, shift in change.fields.items()}
        people[change.person.id] = replace(change.person, **values)
    for person in found.drop:
        people[person.id] = replace(person, left=True)
    for addition in found.add:
        row, back = addition.row, addition.returning
        number = back.id if back else max(people, default=0) + 1
        people[number] = Enrolled(
            number,
            row.name or (back.name if back else ""),
            row.email,
            row.external_id or (back.external_id if back else None),
            row.section,
            row.role,
        )
    return list(people.values())


def test_an_empty_course_gets_everybody():
    found = compare([], HEADING + SAME)
    assert [(addition.row.name, addition.returning) for addition in found.add] == [
        ("Maya Adler", None),
        ("Bo Li", None),
    ]


def test_the_same_file_again_changes_nothing():
    found = compare([MAYA, BO], HEADING + SAME)
    assert found.changes_nothing
    assert found.same == (MAYA, BO)


@pytest.mark.parametrize(
    ("line", "shifts"),
    [
        ("Maya Adler-Cohen,maya@example.org,0071,A", {"name": ("Maya Adler", "Maya Adler-Cohen")}),
        ("Maya Adler,m.adler@example.org,0071,A", {"email": ("maya@example.org", "m.adler@example.org")}),
        ("Maya Adler,maya@example.org,0171,A", {"external_id": ("0071", "0171")}),
        ("Maya Adler,maya@example.org,0071,B", {"section": ("A", "B")}),
        ("Maya Adler,maya@example.org,0071,", {"section": ("A", "")}),
        ("Maya Adler,MAYA@example.org,0071,A", None),
        ("Maya Adler,maya@example.org,,A", None),
    ],
)
def test_a_change_tells_before_and_after(line, shifts):
    found = compare([MAYA, BO], f"{HEADING}{line}\nBo Li,bo@example.org,0072,B\n")
    assert shifts_of(found) == ([shifts] if shifts else [])
    assert not found.add
    assert not found.drop


def test_what_the_file_has_no_column_for_stays():
    assert compare([MAYA, BO], "maya@example.org\nbo@example.org\n").changes_nothing


def test_a_settled_persons_name_and_address_are_their_own():
    settled = replace(MAYA, settled=True)
    found = compare(
        [settled, BO], f"{HEADING}M. Adler,other@example.org,0071,C\nBo Li,bo@example.org,0072,B\n"
    )
    assert shifts_of(found) == [{"section": ("A", "C")}]


def test_students_not_named_are_dropped_only_when_asked():
    content = HEADING + "Maya Adler,maya@example.org,0071,A\n"
    assert compare([MAYA, BO, IDA], content).drop == (BO, IDA)
    kept = compare([MAYA, BO, IDA], content, drop_missing=False)
    assert (kept.drop, kept.missing) == ((), (BO, IDA))


def test_staff_and_observers_are_never_dropped():
    watcher = Enrolled(7, "Ona Vidal", "ona@example.org", role=Role.OBSERVER)
    assert compare([MAYA, BO, TEACHER, TUTOR, watcher], HEADING + SAME).changes_nothing


@pytest.mark.parametrize("role", ["student", "observer"])
def test_staff_are_never_demoted(role):
    content = f"name,email,role\nTom Okafor,tom@example.org,{role}\nRuth Stern,ruth@example.org,assistant\n"
    found = compare([TEACHER, TUTOR], content)
    assert found.changes_nothing
    assert found.staff_kept == (TUTOR, TEACHER)


def test_a_list_without_roles_makes_nobody_a_student_again():
    found = compare([TUTOR], "name,email\nTom Okafor,tom@example.org\n")
    assert (found.changes_nothing, found.staff_kept) == (True, ())


def test_a_stated_role_may_rise_and_says_so():
    found = compare([MAYA], "name,email,role\nMaya Adler,maya@example.org,TA\n")
    assert shifts_of(found) == [{"role": ("student", "assistant")}]


def test_somebody_who_left_comes_back():
    gone = replace(BO, left=True)
    found = compare([MAYA, gone], HEADING + SAME)
    assert [(addition.row.name, addition.returning) for addition in found.add] == [("Bo Li", gone)]
    assert not found.drop


def test_somebody_who_left_is_not_dropped_again():
    assert compare(
        [MAYA, replace(BO, left=True)], HEADING + "Maya Adler,maya@example.org,0071,A\n"
    ).changes_nothing


def test_a_row_between_two_people_is_an_error_and_touches_neither():
    found = compare([MAYA, BO], HEADING + "Maya Adler,bo@example.org,0071,A\n")
    assert [row.errors[0].code for row in found.errors] == [Code.TWO_PEOPLE]
    assert found.errors[0].errors[0].sentence == (
        "The number 0071 belongs to Maya Adler and the address bo@example.org to Bo Li."
    )
    assert found.changes_nothing


def test_a_number_of_another_system_does_not_take_over_a_person():
    zoe = "Zoe Novak,zoe@example.org,0071,A\n"
    found = compare([MAYA, BO], f"{HEADING}Bo Li,bo@example.org,0072,B\n{zoe}")
    assert [row.errors[0].code for row in found.errors] == [Code.NUMBER_OF_ANOTHER]
    assert found.changes_nothing


def test_two_rows_about_one_person_are_both_errors():
    content = f"{HEADING}Maya Adler,m.adler@example.org,0071,A\nMaya Adler,maya@example.org,,A\n"
    found = compare([MAYA], content)
    assert [row.errors[0].code for row in found.errors] == [Code.SAME_PERSON_TWICE] * 2
    assert "Lines 2, 3" in found.errors[0].errors[0].sentence
    assert found.changes_nothing


def test_two_people_whose_addresses_changed_places_are_left_to_a_person():
    swapped = "Maya Adler,bo@example.org,0071,A\nBo Li,maya@example.org,0072,B\n"
    found = compare([MAYA, BO], HEADING + swapped)
    assert [row.errors[0].code for row in found.errors] == [Code.TWO_PEOPLE] * 2
    assert found.changes_nothing


@pytest.mark.parametrize(
    "line",
    [
        "Bo Li,bo@example.org,0072,B,one cell too many",
        "Bo Li,bo at example.org,,B",
        "Li Bo,,0072,B",
        ",bo@example.org,,B",
    ],
)
def test_a_row_with_an_error_still_protects_the_person_it_means(line):
    found = compare([MAYA, BO], f"{HEADING}Maya Adler,maya@example.org,0071,A\n{line}\n")
    assert (found.drop, len(found.errors)) == ((), 1)


def test_a_file_of_nothing_but_errors_drops_nobody():
    found = compare([MAYA, BO], HEADING + "Zoe Novak,zoe,,\n")
    assert (found.drop, found.missing) == ((), (MAYA, BO))


def test_the_wrong_file_is_noticed_by_how_many_it_would_drop():
    people = [Enrolled(n, f"Person {n}", f"p{n}@example.org") for n in range(12)]
    assert compare(people, "p0@example.org\np1@example.org\n").drops_many
    assert not compare(people, "".join(f"p{n}@example.org\n" for n in range(10))).drops_many


names = st.sampled_from(
    ["Maya Adler", "Bo Li", "王小明", "Дарья Соколова", "Łucja Świątek", "O'Shea, Fi", ""]
)
addresses = st.sampled_from(
    ["maya@example.org", "BO@example.org", "bo@example.org", "w@example.org", "no address", ""]
)
numbers = st.sampled_from(["", "", "0071", "0072", "73"])
sections = st.sampled_from(["", "A", "Lab 3"])
roles = st.sampled_from(["", "", "student", "TA", "instructor", "observer", "king"])
lines = st.lists(st.tuples(names, addresses, numbers, sections, roles), min_size=1, max_size=7)
courses = st.lists(
    st.builds(
        Enrolled,
        id=st.just(0),
        name=st.sampled_from(["Maya Adler", "Bo Li", "王小明"]),
        email=st.sampled_from(["maya@example.org", "bo@example.org", "w@example.org", "x@example.org"]),
        external_id=st.sampled_from([None, "0071", "0072", "74"]),
        section=st.sampled_from([None, "A"]),
        role=st.sampled_from(Role),
        left=st.booleans(),
        settled=st.booleans(),
    ),
    max_size=4,
    unique_by=(lambda person: email_key(person.email), lambda person: person.external_id or person.email),
)


def numbered(people):
    return [replace(person, id=number) for number, person in enumerate(people, start=1)]


def file_of(people):
    return "name,email,ID,section,role\n" + "\n".join(
        ",".join(f'"{cell}"' for cell in person)
        for person in [*people, ("Ada", "ada@example.org", "1", "", "")]
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses, lines, st.booleans())
def test_importing_twice_is_importing_once(people, written, drop_missing):
    existing = numbered(people)
    first = compare(existing, file_of(written), drop_missing=drop_missing)
    again = compare(after(existing, first), file_of(written), drop_missing=drop_missing)
    assert (again.add, again.drop, shifts_of(again)) == ((), (), [])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(courses, lines)
def test_nobody_is_lost_or_named_twice_and_staff_stay(people, written):
    existing = numbered(people)
    found = compare(existing, file_of(written))
    touched = [change.person.id for change in found.change] + [person.id for person in found.drop]
    touched += [person.id for person in found.same] + [add.returning.id for add in found.add if add.returning]
    assert len(touched) == len(set(touched))
    assert not any(person.is_staff for person in found.drop)
    staff = {person.id for person in existing if person.role is Role.INSTRUCTOR and not person.left}
    assert staff <= {person.id for person in after(existing, found) if person.role is Role.INSTRUCTOR}
    rows_told = len(found.add) + len(found.change) + len(found.same) + len(found.errors)
    assert rows_told == len(rows_of(file_of(written)))
