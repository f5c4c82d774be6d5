"""What the lectures say: courses of entries, each proved against its source."""

from tutorbot.knowledge.check import Problem, check_course
from tutorbot.knowledge.load import LoadedCourse, default_course, find_course, list_courses, load_course
from tutorbot.knowledge.models import Citation, Course, Entry, Item, Outside, SampleQuestion, Source, Work
from tutorbot.knowledge.yaml_lines import Place

__all__ = [
    "Citation",
    "Course",
    "Entry",
    "Item",
    "LoadedCourse",
    "Outside",
    "Place",
    "Problem",
    "SampleQuestion",
    "Source",
    "Work",
    "check_course",
    "default_course",
    "find_course",
    "list_courses",
    "load_course",
]
