"""Reader's time zone, second factor for staff, private pages."""


def _pass(get_response):
    return get_response


ReaderTimeZoneMiddleware = SecondFactorMiddleware = PrivatePagesMiddleware = _pass
