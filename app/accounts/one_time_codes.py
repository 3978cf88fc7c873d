"""One-time codes of authenticator apps: six digits of every 30 seconds, from a shared secret.

Source: RFC 6238 (TOTP), with SHA-1 and 30-second steps, which every app knows.
"""

import hmac

import pyotp

STEP_SECONDS = 30
DIGITS = 6
STEPS_AROUND = (0, -1, 1)  # clocks of phones are off by half a minute
NOBODYS_SECRET = "A" * 32  # for an account that does not exist, so that its time is the same


def new_secret() -> str:
    """Return a fresh secret, 32 characters of base32 (160 bits)."""
    return pyotp.random_base32()


def app_address(secret: str, account: str, issuer: str) -> str:
    """Return the ``otpauth:`` address that an authenticator app scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def step_of_code(secret: str, code: str, now: float, *, two: bool = False) -> int | None:
    """Return the 30-second step that a one-time code belongs to, None for a wrong one.

    Two codes that follow one another, written as one, are good too, as the later of them; two: a
    single one is not. Every step is compared, so that time does not tell which. That a step counts
    once is kept with the account.
    """
    digits = "".join(code.split()).encode()
    number = 2 if two or len(digits) == 2 * DIGITS else 1
    generator, present = pyotp.TOTP(secret), int(now) // STEP_SECONDS
    match = None
    for step in (present + around for around in STEPS_AROUND):
        steps = range(step - number + 1, step + 1)
        expected = "".join(generator.generate_otp(each) for each in steps).encode()
        if hmac.compare_digest(expected, digits) and match is None:
            match = step
    return match
