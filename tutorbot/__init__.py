"""TutorBot: answers from the lecture's own words, with the place where they stand."""
