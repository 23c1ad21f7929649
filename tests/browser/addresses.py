"""The pages that the browser tests look at, in the demonstration association."""

PUBLIC = [
    "/ru/",
    "/en/",
    "/ru/news/",
    "/ru/news/tangier-retreat-2020/",
    "/ru/news/bukhara-pools/",
    "/en/news/perm-seventh-2020/",
    "/ru/events/",
    "/ru/events/council-kazan/",
    "/ru/members/",
    "/ru/members/kazan/",
    "/en/members/astana/",
    "/ru/search/?q=казань",
    "/ru/about/",
    "/ru/about/bodies/",
    "/ru/about/bodies/council/",
    "/en/about/organisations/",
    "/en/about/organisations/uclg-eurasia/",
    "/ru/about/people/ilsur-metshin/",
    "/accounts/login/",
]
MISSING = ["/ru/nothing-here/"]
CABINET = [
    "/ru/cabinet/bishkek/",
    "/ru/cabinet/bishkek/profile/",
    "/ru/cabinet/bishkek/events/",
    "/ru/cabinet/bishkek/events/council-kazan/",
    "/ru/cabinet/bishkek/events/rating-clinic/",
    "/ru/cabinet/bishkek/seats/",
    "/accounts/profile/",
]
STAFF = [
    "/admin/",
    "/admin/news/article/",
    "/admin/members/profileupdate/",
    "/admin/mailing/message/",
    "/admin/governance/body/",
    "/admin/governance/body/vacancies/",
]
STAFF_FORMS = [
    "/admin/news/article/add/",
    "/admin/events/event/add/",
    "/admin/members/member/add/",
    "/admin/content/page/add/",
    "/admin/content/picture/add/",
    "/admin/accounts/user/",
    "/admin/governance/office/add/",
    "/admin/governance/organisation/add/",
    "/admin/governance/person/add/",
    "/admin/members/memberimport/add/",
    "/admin/mailing/inboxmail/",
    "/admin/mailing/switch/",
]
