"""What may be done to calls, entries, juries, laureates, diplomas and nominations."""

from accounts.deed_words import CORRECT, KEEP, LOOK, WRITE

# Calls for entries: awards, their rounds, what the entry forms ask.
CALLS = {
    "awards.award": WRITE,
    "awards.category": KEEP,
    "awards.entryfield": KEEP,
    "awards.entryfieldchoice": KEEP,
    "awards.round": WRITE,
}

# What was entered: read, refused admission, given a longer deadline; written by entrants alone.
ENTRIES = {
    "awards.draftreminder": KEEP,
    "awards.entrant": LOOK,
    "awards.entry": CORRECT,
    "awards.entryanswer": LOOK,
    "awards.entryfile": LOOK,
    "awards.extension": ("view", "add"),
}

# Children and what their guardians allow: for these two roles alone (PRV-4).
CHILDREN = {
    "awards.author": LOOK,
    "awards.batch": LOOK,
    "awards.guardianconsent": ("view", "add", "change"),
    "awards.lookalike": CORRECT,
    "awards.printedcopy": KEEP,
}

# Juries: votes are read by those alone who lead the judging, and changed by nobody.
JUDGING = {
    "judging.assignment": ("view", "add", "delete"),
    "judging.criterion": KEEP,
    "judging.juror": WRITE,
    "judging.juryprotocol": ("view", "add"),
    "judging.result": LOOK,
    "judging.score": LOOK,
    "judging.stage": KEEP,
    "judging.tiedecision": ("view", "add"),
}

# Dossiers for honours that others give.
NOMINATIONS = {
    "nominations.callstep": KEEP,
    "nominations.dossier": ("view", "add", "change", "send_dossier"),
    "nominations.dossiersection": KEEP,
    "nominations.outsidecall": WRITE,
    "nominations.sectiontext": CORRECT,
}

# Results of rounds, honours of all years; payment of prizes is a deed apart.
LAUREATES = {
    "laureates.erratum": ("view", "add"),
    "laureates.laureate": WRITE,
    "laureates.results": WRITE,
}

# Diplomas; who prints them also issues them anew and revokes them in the register of documents.
DIPLOMAS = {
    "content.approval": LOOK,
    "content.issueddocument": CORRECT,
    "laureates.diploma": KEEP,
    "laureates.diplomarun": WRITE,
}

PRIZES = {"laureates.prizepaper": KEEP}
