"""The usual way to build it: Flask-Limiter on every request, members of a set in Redis."""

import hashlib
import os

import redis
from flask import Flask, Response, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

REDIS_URL = os.environ["PEER_REDIS_URL"]

app = Flask(__name__)
store = redis.Redis.from_url(REDIS_URL)
limiter = Limiter(get_remote_address, app=app, storage_uri=REDIS_URL, strategy="fixed-window")


@app.post("/api/v1/checks")
@limiter.limit("1000000000 per 15 minutes")
@limiter.limit("1000000 per second", key_func=lambda: "all")
def check() -> Response:
    """Return whether the hash of number and name is a member of the set."""
    fields = request.get_json()
    digest = hashlib.sha256(f"{fields['id_number']}|{fields['name']}".encode()).hexdigest()
    return jsonify(status="exposed" if store.sismember("listed", digest) else "not_found")
