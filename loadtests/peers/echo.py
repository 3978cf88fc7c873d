"""A bare Flask application that answers a JSON body with itself."""

from flask import Flask, Response, jsonify, request

app = Flask(__name__)


@app.post("/api/v1/checks")
def echo() -> Response:
    """Return what was sent."""
    return jsonify(request.get_json())
