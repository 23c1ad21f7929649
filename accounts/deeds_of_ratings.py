"""What may be done to ratings, their questionnaires and results."""

from accounts.deed_words import CORRECT, KEEP, LOOK, WRITE

# Editions: what is asked, of whom, by which method.
EDITIONS = {
    "ratings.edition": WRITE,
    "ratings.indicator": KEEP,
    "ratings.indicatorgroup": KEEP,
    "ratings.method": KEEP,
    "ratings.rating": WRITE,
    "ratings.scale": KEEP,
    "ratings.scalestep": KEEP,
    "ratings.sizeclass": KEEP,
    "ratings.zone": KEEP,
}

RATINGS_READ = dict.fromkeys(EDITIONS, LOOK)

# Wording only: `content.record_admin` leaves those who may not add the language columns alone.
RATINGS_TRANSLATED = dict.fromkeys(
    ["ratings.edition", "ratings.indicator", "ratings.indicatorgroup", "ratings.rating",
     "ratings.scale", "ratings.scalestep", "ratings.sizeclass", "ratings.zone", "standings.advice"],
    CORRECT,
)  # fmt: skip

# Answers are changed by deeds of their own (letters, checks), never in lists.
QUESTIONNAIRES = {
    "questionnaires.answer": LOOK,
    "questionnaires.answerchange": LOOK,
    "questionnaires.answernote": LOOK,
    "questionnaires.evidence": LOOK,
    "questionnaires.expert": KEEP,
    "questionnaires.questionnairereminder": KEEP,
    "questionnaires.response": WRITE,
}

# Results: sealing needs two people; what is sealed is read.
STANDINGS = {
    "content.approval": LOOK,
    "standings.advice": KEEP,
    "standings.erratum": WRITE,
    "standings.erratumchange": KEEP,
    "standings.points": LOOK,
    "standings.run": KEEP,
    "standings.seal": CORRECT,
    "standings.standing": KEEP,
}
