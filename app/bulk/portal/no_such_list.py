"""What is answered where there is no such list."""

from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue

from app.bulk.jobs.views import NoSuchJob
from app.portal.blueprint import bp


@bp.errorhandler(NoSuchJob)
def no_such_job(_error: NoSuchJob) -> ResponseReturnValue:
    """Say that there is no such list, of another organisation's too."""
    return render_template("bulk/no_such_list.html"), HTTPStatus.NOT_FOUND
