"""What may be done to what the public reads: texts, translations, search, newsletters, data.

Each app of publishing has one dict a role; add a line beside those of your app.
"""

from accounts.deed_words import CORRECT, KEEP, LOOK, WRITE  # noqa: F401

# Whoever works in the admin reads these.
PUBLISHING_READ: dict[str, tuple[str, ...]] = {
    "opendata.datafile": LOOK,
    "projects.project": LOOK,
    "projects.strategy": LOOK,
    "projects.recommendation": LOOK,
    "projects.wave": LOOK,
    "projects.commitment": LOOK,
    "projects.commitmentpaper": LOOK,
    "projects.outsidelibrary": LOOK,
    "newsletter.bulletin": LOOK,
    "newsletter.bulletinitem": LOOK,
    "library.series": LOOK,
    "practices.practice": LOOK,
    "practices.adoption": LOOK,
    "facts.fact": LOOK,
    "facts.subject": LOOK,
    "content.link": LOOK,
    "editorial.review": LOOK,
    "news.photo": LOOK,
    "translating.term": LOOK,
}

# Lead and editor alike.
PUBLISHING: dict[str, tuple[str, ...]] = {
    "opendata.datafile": CORRECT,
    "projects.project": WRITE,
    "projects.strategy": WRITE,
    "projects.recommendation": WRITE,
    "projects.wave": KEEP,
    "projects.commitment": KEEP,
    "projects.commitmentpaper": KEEP,
    "projects.outsidelibrary": KEEP,
    "translating.claim": ("add",),
    "translating.deskentry": CORRECT,
    "translating.translationlink": WRITE,
    "search.chosenanswer": KEEP,
    "search.emptysearch": CORRECT,
    "search.synonym": KEEP,
    "newsletter.bounce": CORRECT,
    "newsletter.bulletin": WRITE,
    "newsletter.bulletinitem": KEEP,
    "newsletter.digest": LOOK,
    "newsletter.subscription": CORRECT,
    "practices.practice": WRITE,
    "practices.practicefile": KEEP,
    "practices.practicepicture": KEEP,
    "practices.recommendation": KEEP,
    "practices.adoption": KEEP,
    "practices.runninganswer": LOOK,
    "practices.practicestep": LOOK,
    "association.contactcard": WRITE,
    "association.featured": KEEP,
    "association.homeblock": CORRECT,
    "association.officehours": KEEP,
    "association.partner": KEEP,
    "association.staffmember": KEEP,
    "association.welcome": WRITE,
    "facts.fact": WRITE,
    "facts.subject": WRITE,
    "content.link": KEEP,
    "news.author": KEEP,
    "news.source": KEEP,
    "news.story": CORRECT,
    "news.storyphoto": LOOK,
    "translating.term": KEEP,
}

# The lead alone.
PUBLISHING_LEAD: dict[str, tuple[str, ...]] = {
    "newsletter.subscription": ("view", "change", "export_subscription"),
}

PUBLISHING_TRANSLATED: dict[str, tuple[str, ...]] = {
    "projects.project": CORRECT,
    "projects.strategy": CORRECT,
    "projects.recommendation": CORRECT,
    "translating.deskentry": CORRECT,
    "translating.translationlink": CORRECT,
    "library.series": CORRECT,
    "practices.practice": CORRECT,
    "practices.recommendation": CORRECT,
    "facts.fact": CORRECT,
    "facts.subject": CORRECT,
    "news.author": CORRECT,
    "news.photo": CORRECT,
    "translating.term": WRITE,
}
