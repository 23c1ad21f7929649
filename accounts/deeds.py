"""What each staff role may do: the deeds of every model, by the code of the role.

An app adds its models here a line at a time; `accounts.roles.sync` brings it into the database.
"""

from accounts.models import Role

LOOK = ("view",)
WRITE = ("view", "add", "change")
KEEP = ("view", "add", "change", "delete")
CORRECT = ("view", "change")

READABLE = {
    "awards.award": LOOK,
    "awards.category": LOOK,
    "awards.entryfield": LOOK,
    "awards.entryfieldchoice": LOOK,
    "awards.round": LOOK,
    "content.job": LOOK,
    "content.picture": LOOK,
    "content.topic": LOOK,
    "content.page": LOOK,
    "events.event": LOOK,
    "events.series": LOOK,
    "events.venue": LOOK,
    "governance.body": LOOK,
    "governance.bodyname": LOOK,
    "governance.foundingpaper": LOOK,
    "governance.office": LOOK,
    "governance.officeterm": LOOK,
    "governance.organisation": LOOK,
    "governance.organisationfigure": LOOK,
    "governance.organisationname": LOOK,
    "governance.papersignatory": LOOK,
    "governance.person": LOOK,
    "governance.personspelling": LOOK,
    "governance.seat": LOOK,
    "governance.seatfilling": LOOK,
    "governance.seatterm": LOOK,
    "hosting.criterion": LOOK,
    "hosting.hostcall": LOOK,
    "laureates.laureate": LOOK,
    "library.publication": LOOK,
    "members.country": LOOK,
    "members.member": LOOK,
    "news.article": LOOK,
    "partnerships.affiliation": LOOK,
    "partnerships.chartersigning": LOOK,
    "partnerships.cityalias": LOOK,
    "partnerships.listedcity": LOOK,
    "partnerships.outsidecity": LOOK,
    "partnerships.partnership": LOOK,
    "partnerships.signatory": LOOK,
}
GOVERNANCE = {
    "governance.body": WRITE,
    "governance.bodyname": KEEP,
    "governance.delegateproposal": CORRECT,
    "governance.foundingpaper": KEEP,
    "governance.office": WRITE,
    "governance.officeterm": KEEP,
    "governance.organisation": WRITE,
    "governance.organisationfigure": KEEP,
    "governance.organisationname": KEEP,
    "governance.papersignatory": KEEP,
    "governance.person": WRITE,
    "governance.personconsent": WRITE,
    "governance.personspelling": KEEP,
    "governance.seat": WRITE,
    "governance.seatfilling": KEEP,
    "governance.seatterm": WRITE,
}
MEETINGS = {
    "meetings.agendaitem": KEEP,
    "meetings.assemblydelegate": KEEP,
    "meetings.attendance": KEEP,
    "meetings.decision": KEEP,
    "meetings.election": WRITE,
    "meetings.erratum": ("view", "add"),
    "meetings.meeting": WRITE,
    "meetings.meetingdocument": KEEP,
    "meetings.minutes": ("view", "add"),
    "meetings.nomination": WRITE,
    "meetings.protocol": LOOK,
}
# The programme of an event: its draft and what was published of it.
PROGRAMME = {
    "programme.programmeversion": ("view", "add"),
    "programme.session": KEEP,
    "programme.speakerrole": KEEP,
}
PICTURES = {"content.picture": WRITE, "content.picturerendition": LOOK}
# Scales, invoices and payments: for those who keep the accounts.
DUES = {
    "dues.countrygroup": KEEP,
    "dues.countryingroup": KEEP,
    "dues.feerate": KEEP,
    "dues.feescale": KEEP,
    "dues.invoice": ("view", "add", "change"),
    "dues.issuerun": ("view", "add"),
    "dues.payee": WRITE,
    "dues.payment": ("view", "add"),
    "dues.reminder": CORRECT,
}

# The doors of an event and the reports of online platforms.
ONSITE = {
    "attendance.checkin": ("view", "check_in"),
    "attendance.attendancereport": ("view", "add", "change"),
    "attendance.attendee": CORRECT,
    "attendance.doorpass": WRITE,
    "attendance.markedpresent": ("view", "add"),
    "attendance.newsdraft": ("view", "add"),
}
# What is published for good.
LIBRARY = {"library.publication": WRITE, "library.publicationfile": KEEP}
# Papers of events, what speakers are asked for, news drafts made of the registrations.
PAPERS_OF_EVENTS = {
    "programme.documentversion": LOOK,
    "programme.eventdocument": KEEP,
    "programme.materialrequest": WRITE,
}
# The journey of participants: who opens passport data and access needs is named here.
TRAVEL = {
    "travel.accessneeds": LOOK,
    "travel.hotel": KEEP,
    "travel.passport": LOOK,
    "travel.traveloffer": KEEP,
    "travel.trip": LOOK,
    "travel.tripchange": CORRECT,
    "travel.visaletter": ("view", "add", "change"),
}

# Calls for a host city: bids are scored, never rewritten.
HOSTING = {
    "hosting.bid": LOOK,
    "hosting.bidscore": ("view", "add", "change"),
    "hosting.criterion": KEEP,
    "hosting.hostcall": WRITE,
}

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

# Certificates and other documents with a number.
PAPERS = {"content.issueddocument": WRITE}

# What events belong to, and who makes them.
PLAN = {
    "events.eventparty": KEEP,
    "events.hall": KEEP,
    "events.series": WRITE,
    "events.venue": WRITE,
}

# Who is invited to an event, what participants are asked, guests who register themselves.
ASKING = {
    "events.answer": LOOK,
    "events.guestapplication": LOOK,
    "events.invitation": WRITE,
    "events.invitationstep": CORRECT,
    "events.question": KEEP,
    "events.questionchoice": KEEP,
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

# Role -> model -> what may be done to it. Every role also reads what is in READABLE.
DEEDS: dict[str, dict[str, tuple[str, ...]]] = {
    Role.LEAD: {
        **DIPLOMAS,
        **NOMINATIONS,
        **JUDGING,
        **LAUREATES,
        **PRIZES,
        **CALLS,
        **ENTRIES,
        **CHILDREN,
        **PROGRAMME,
        **PAPERS_OF_EVENTS,
        **LIBRARY,
        **ASKING,
        **DUES,
        **PAPERS,
        **HOSTING,
        **TRAVEL,
        **GOVERNANCE,
        **MEETINGS,
        **ONSITE,
        **PICTURES,
        "accounts.user": ("view", "add", "change", "invite_staff", "reset_second_factor"),
        "accounts.invitation": WRITE,
        "content.approval": LOOK,
        "content.auditentry": LOOK,
        "content.page": WRITE,
        "content.privatefile": LOOK,
        "content.retentionrun": LOOK,
        "content.topic": KEEP,
        "content.translationstate": LOOK,
        **PLAN,
        "events.changerequest": CORRECT,
        "events.delegation": KEEP,
        "events.event": WRITE,
        "events.participant": KEEP,
        "events.reminderrule": KEEP,
        "mailing.heartbeat": LOOK,
        "mailing.inboxmail": LOOK,
        "mailing.message": ("view", "requeue_message", "cancel_message"),
        "mailing.switch": ("view", "freeze_bulk"),
        "members.applicationfile": LOOK,
        "members.composition": KEEP,
        "members.compositionpart": KEEP,
        "members.country": WRITE,
        "members.countingrule": KEEP,
        "members.confirmation": CORRECT,
        "members.department": KEEP,
        "members.departmentcontact": KEEP,
        "members.handover": CORRECT,
        "members.paperletter": ("view", "add"),
        "members.linkcheck": CORRECT,
        "members.member": WRITE,
        "members.membershipapplication": CORRECT,
        "members.prospect": KEEP,
        "members.statuschange": ("view", "add"),
        "members.memberfigure": KEEP,
        "members.membername": KEEP,
        "members.membershipperiod": KEEP,
        "members.profilechange": CORRECT,
        "members.profileupdate": CORRECT,
        "members.representative": WRITE,
        "members.sizecategory": KEEP,
        "news.article": WRITE,
        "news.photo": KEEP,
        "partnerships.affiliation": KEEP,
        "partnerships.chartersigning": KEEP,
        "partnerships.cityalias": KEEP,
        "partnerships.helprequest": CORRECT,
        "partnerships.helpstep": LOOK,
        "partnerships.listedcity": KEEP,
        "partnerships.matchwish": LOOK,
        "partnerships.outsidecity": WRITE,
        "partnerships.partnership": WRITE,
        "partnerships.signatory": KEEP,
    },
    Role.EDITOR: {
        "laureates.laureate": WRITE,
        "laureates.results": LOOK,
        "programme.eventdocument": LOOK,
        **LIBRARY,
        **GOVERNANCE,
        **MEETINGS,
        **PICTURES,
        "content.approval": LOOK,
        "content.issueddocument": LOOK,
        "content.page": WRITE,
        "content.privatefile": LOOK,
        "content.topic": WRITE,
        "content.translationstate": LOOK,
        "members.applicationfile": LOOK,
        "members.composition": KEEP,
        "members.compositionpart": KEEP,
        "members.countingrule": LOOK,
        "members.confirmation": LOOK,
        "members.department": WRITE,
        "members.departmentcontact": KEEP,
        "members.paperletter": ("view", "add"),
        "members.linkcheck": CORRECT,
        "members.member": CORRECT,
        "members.memberfigure": LOOK,
        "members.membershipapplication": LOOK,
        "members.prospect": LOOK,
        "members.statuschange": LOOK,
        "members.membername": LOOK,
        "members.membershipperiod": LOOK,
        "members.profilechange": CORRECT,
        "members.profileupdate": CORRECT,
        "members.representative": LOOK,
        "news.article": WRITE,
        "news.photo": KEEP,
        "partnerships.affiliation": KEEP,
        "partnerships.chartersigning": KEEP,
        "partnerships.cityalias": KEEP,
        "partnerships.helprequest": CORRECT,
        "partnerships.helpstep": LOOK,
        "partnerships.listedcity": KEEP,
        "partnerships.matchwish": LOOK,
        "partnerships.outsidecity": WRITE,
        "partnerships.partnership": WRITE,
        "partnerships.signatory": KEEP,
    },
    Role.TRANSLATOR: {
        "laureates.laureate": CORRECT,
        "awards.award": CORRECT,
        "awards.category": CORRECT,
        "awards.entryfield": CORRECT,
        "awards.entryfieldchoice": CORRECT,
        "awards.round": CORRECT,
        "content.page": CORRECT,
        "content.picture": CORRECT,
        "content.topic": CORRECT,
        "content.translationstate": LOOK,
        "events.event": CORRECT,
        "events.eventparty": LOOK,
        "events.hall": LOOK,
        "events.reminderrule": LOOK,
        "events.series": CORRECT,
        "events.venue": CORRECT,
        "governance.body": CORRECT,
        "governance.organisation": CORRECT,
        "governance.person": CORRECT,
        "hosting.hostcall": CORRECT,
        "library.publication": CORRECT,
        "library.publicationfile": LOOK,
        "meetings.election": CORRECT,
        "meetings.meeting": CORRECT,
        "news.article": CORRECT,
        "news.photo": LOOK,
        "nominations.sectiontext": CORRECT,
        "programme.session": CORRECT,
        "programme.speakerrole": CORRECT,
    },
    Role.EVENTS: {
        **PROGRAMME,
        **PAPERS_OF_EVENTS,
        **LIBRARY,
        **ASKING,
        **ONSITE,
        **PICTURES,
        **HOSTING,
        **TRAVEL,
        "content.translationstate": LOOK,
        **PLAN,
        "events.changerequest": CORRECT,
        "events.delegation": KEEP,
        "events.event": WRITE,
        "events.participant": KEEP,
        "events.reminderrule": KEEP,
        "mailing.message": LOOK,
        "meetings.meeting": LOOK,
        "members.representative": LOOK,
    },
    Role.AWARDS: {
        **DIPLOMAS,
        **NOMINATIONS,
        **JUDGING,
        **LAUREATES,
        **PRIZES,
        **CALLS,
        **ENTRIES,
        **CHILDREN,
        **PICTURES,
        "content.translationstate": LOOK,
    },
    Role.RATINGS: {},
    Role.FINANCE: {
        **PRIZES,
        "laureates.laureate": CORRECT,
        **DUES,
        **PAPERS,
        "meetings.assemblydelegate": LOOK,
        "meetings.meeting": LOOK,
        "members.countingrule": KEEP,
        "members.membershipapplication": LOOK,
        "members.membershipperiod": LOOK,
        "members.statuschange": ("view", "add"),
        "members.representative": LOOK,
    },
}
