import pytest

from app.portal.form_codes import FormCodeWrong, form_code_of, require_form_code

KEY = bytes(32)


def test_a_form_of_its_own_session_is_taken():
    require_form_code(KEY, "cookie-a", form_code_of(KEY, "cookie-a"))


@pytest.mark.parametrize("code", ["", "x", "é", form_code_of(KEY, "cookie-b")])
def test_a_form_of_another_session_is_refused(code):
    with pytest.raises(FormCodeWrong):
        require_form_code(KEY, "cookie-a", code)
