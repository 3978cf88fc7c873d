"""Two people of whom one check may mean either are both listed, and the build does not fail."""


def test_people_of_consecutive_numbers_of_ten_digits_are_all_listed(story):
    story.case()
    trip = {"mode": "flight", "number": "CA1234"}
    story.case_leg(**trip, seat="9A")
    people = ["9950010001", "9950010002", "99500100", "9950017777", "9950020001", "9950020002"]
    for number in people:
        story.aboard(number, **trip, seat="9C", name="李伟")
    story.aboard("9950030001", **trip, seat="9C", name="WANG")
    story.aboard("9950030002", **trip, seat="9C", name="CHEN")
    answers = story.answers()
    for number in people:
        for kind in ("other", "tw_permit"):
            assert "exposed" == answers.ask(number, "李伟", kind).status, (number, kind)
    for number in ("9950030001", "9950030002"):
        assert "exposed" == answers.ask(number, "CHEN MEI", "tw_permit").status
    assert "not_found" == answers.ask("9950040001", "李伟", "tw_permit").status
