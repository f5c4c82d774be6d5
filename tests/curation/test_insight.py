"""How the knowledge is used, in numbers."""

from tutorbot.curation.insight import WEEK, CardCount, Week, hardest, never, weekly
from tutorbot.knowledge import Course

NOW = 1_800_000_000.0


def test_questions_are_counted_by_week_and_by_what_became_of_them() -> None:
    asked = [(NOW, "answered"), (NOW - 1, "abstained"), (NOW - WEEK, "clarify"), (NOW - 1.5 * WEEK, "answered")]
    outside = [(NOW - 3 * WEEK, "answered"), (NOW + 1, "answered")]
    weeks = weekly([*asked, *outside], [NOW - 5], until=NOW, weeks=3)
    assert weeks == (
        Week(NOW - 3 * WEEK),
        Week(NOW - 2 * WEEK, answered=1),
        Week(NOW - WEEK, answered=1, clarified=1, abstained=1, not_helpful=1),
    )
    assert [week.asked for week in weeks] == [0, 1, 3]


def test_the_hardest_cards_are_those_most_often_wrong_of_those_often_asked() -> None:
    played = [
        CardCount("tide", 6, 3),
        CardCount("tide", 4, 1),
        CardCount("wave", 10, 4),
        CardCount("foam", 20, 8),
        CardCount("sand", 4, 0),
        CardCount("salt", 9, 9),
    ]
    assert [one.entry for one in hardest(played)] == ["foam", "tide", "wave"]
    assert [one.entry for one in hardest(played, limit=1)] == ["foam"]
    assert hardest(played)[1].accuracy == 0.4
    assert CardCount("none", 0, 0).accuracy == 0


def test_what_was_never_seen_is_listed_in_the_courses_order(course: Course) -> None:
    assert never(course, ["tide", "slack", "gone"]) == ["tide-kinds", "spring-tide", "neap-tide"]
