"""Names that vulture takes for dead code, with who uses each. Read by vulture, never imported."""

from typing import Any

_: Any

# alembic, sqlalchemy, sqlite3
_.isolation_level  # SQLite driver: autocommit is set through it
_.row_factory  # SQLite driver: rows come as it says

# ibis
_.fuse_selects  # an option of its SQL

# gunicorn
_.load_config  # BaseApplication calls it
_.setup  # Logger calls it
_._access_log_enabled  # Logger reads it
_.req  # named by Logger.access
_.resp  # named by Logger.access
_.request_time  # named by Logger.access
_.check_config  # ASGIWorker's, called by the arbiter
_.load_wsgi  # Worker calls it
_.handle_exit_signal  # ASGIWorker registers it
_._serve  # ASGIWorker runs it
_.eof_received  # the loop calls it
_.pause_writing  # the loop calls it
_.resume_writing  # the loop calls it
_._conn_lost_handled  # ASGIProtocol reads it
_._response_buffer  # ASGIProtocol reads it
_._arm_keepalive_timer  # ASGIProtocol calls it
_._cancel_keepalive_timer  # ASGIProtocol calls it
_._setup_callback_parser  # ASGIProtocol calls it
_._feed_callback_parser  # ASGIProtocol calls it
_._http1_buffered  # ASGIProtocol calls it
_._is_websocket_upgrade  # ASGIProtocol calls it
_._send_error_response  # ASGIProtocol calls it
_._send_response_start  # ASGIProtocol calls it
_._will_close  # ASGIProtocol calls it
_._is_valid_method  # PythonProtocol calls it
_._is_valid_token  # PythonProtocol calls it
_._has_invalid_header_chars  # PythonProtocol calls it

# http.server, wsgiref
_.do_POST  # BaseHTTPRequestHandler calls it by the request's method
_.log_message  # BaseHTTPRequestHandler calls it
_.server_name  # WSGIServer reads it

# html.parser
_.handle_starttag
_.handle_endtag

# pages of organisations
_.staff_list_template  # a download of theirs

# logging, contextlib
_.handlers  # logging.Logger reads it
_.trace  # named by __exit__

# Flask, Jinja
_.jinja_loader  # Flask reads it
_.max_content_length  # Werkzeug's request reads it
_.merge_slashes  # Werkzeug's Map reads it
_.httponly  # argument of set_cookie
_.samesite  # argument of set_cookie

# limits
_.base_exceptions  # Storage reads it
_.incr  # Storage's interface
_.reset  # Storage's interface

# pydantic
_.model_config  # read by the metaclass
_.settings_customise_sources  # BaseSettings calls it
_.dotenv_settings  # named by settings_customise_sources
_.file_secret_settings  # named by settings_customise_sources
_.algorithm  # field of altcha's JSON
_.counter_max  # field of altcha's JSON
_.derivedKey  # field of altcha's JSON
_.keyLength  # field of altcha's JSON
_.keyPrefix  # field of altcha's JSON
_.keySignature  # field of altcha's JSON
_.solution  # field of altcha's JSON

# PySpark
_._jvm  # set back when its Java ends

# read by templates
_.kept_url  # the header of every page
_.can_request_alert  # templates of trips
_.more_published  # templates of trips
_.is_here  # templates of organisations
_.is_self  # templates of organisations
_.expires_on  # templates of organisations
_.used_on  # templates of organisations
_.came_in  # templates of the health officer
_.newest_fever  # templates of the health officer
_.overrides  # templates of the health officer
_.still_in  # templates of the health officer
_.unsure  # templates of the health officer
_.went_out  # templates of the health officer
_.MANAGE_KIOSKS  # app/organisations/roles.py: templates read permissions by their values
_.portal_member  # Flask's g: app/portal/blueprint.py reads it
_.ask_again_on  # templates of answers
_.date_words  # templates of answers
_.is_general  # templates of answers
_.is_incomplete  # templates of answers
_.is_listed  # templates of answers
_.is_not_found  # templates of answers
_.is_last  # templates of answers
_.listed_by_several  # templates of answers
_.more_trips  # templates of answers
_.observed_by_steps  # templates of answers
_.vehicle_words  # of drawings, as the next three
_.place_words
_.marking_words
_.is_drawn
_.ask_again  # moments of an answer
_.only_incomplete  # templates of answers
_.page_close  # templates of answers
_.one_name  # templates of answers
_.display_name  # templates of answers
_.page_general  # templates of answers
_.several_advices  # templates of answers
_.whom_to_call  # templates of answers
_.id_type_words  # templates of answers
_.more_coverage  # templates of coverage
_.more_gaps  # templates of coverage
_.few_unread  # templates of coverage
_.other_day  # template of trips

# read by the standard library
_.atexit  # weakref.finalize of PositionedFile

# read through a dataclass's fields
_.expectations  # columns of the demo's list

# compared as a whole
_.inode  # FileStamp
_.modified_ns  # FileStamp
_.changed_ns  # FileStamp

# used by tests and the frozen index
_.write_candidate  # seals entries one by one, without worker processes

# loaded by their place when they run
_.inquiries_group  # index-builder inquiries
_.rules_group  # index-builder rules

# exposure_index: what no command calls
_.from_file  # ServiceTrust: for programs that ask a service, as its module says
_.dumpable  # core_dumps: for tests of every process that holds keys


# zipfile
_.compress_type  # ZipFile reads it of each entry
# organisations: their pages, commands and jobs are built beside this
_.JOBS_WRITE
_.JOBS_READ
_.RESULTS_READ
_.JOB_STARTED
_.JOB_DONE
_.RESULTS_DOWNLOADED
_.CANCELLED
_.PURGED
_.MANAGE_MEMBERS
_.MANAGE_KEYS
_.SEE_AUDIT
_.created_on
_.permissions
_.least_people
_.one_job_a_build
_.told_counts
_.set_policy
_.set_quota
_.set_webhook
_.set_role
_.delete_keys_of
_.delete_sketches_of
_.newest_lines
_.organisation_lines
_.revoke
_.people_by_organisation
_.parse_address
_.QuotaLedger
_.admit
_.remaining
_.signed_in_member
_.authenticate
_.issue
_.Members
_.ApiKeys
_.Invitations
_.Joining
_.new_enrolment
_.withdraw
_.view
_.invite
_.join
_.address
_.invitation_days

# templates/openapi
_.media_type  # the template reads it
_.with_key  # the template reads it
# jobs of organisations: portal and API are built beside this
_.rows_per_second
_.seconds_left
_.preview
_.choose
_.cancel_all
_.old_leavings
_.destroy_leavings
_.BulkJobs
_.MultipartFile
_.FAILURES

# huey, io
_._serialize  # Serializer calls it
_._deserialize  # Serializer calls it
_.worker_class  # Consumer reads it
_.scheduler_class  # Consumer reads it
_.seekable  # RawIOBase's interface
_.readinto  # RawIOBase's interface

# app/bulk/api/schema.py: members of bodies that pydantic writes
_.not_found
_.incomplete
_.duplicate
_.rounded_to
_.issued_at
# called by the command `org` and the portal


# app/kiosk: members of bodies and settings that pydantic reads and writes, and kiosks act by
_.charging
_.clock_offset_ms
_.sealed_private_key
_.door_keys
_.second_reading
_.symptoms_at_entry
_.sound

# app/server/connections/request_parser.py: fields that gunicorn's parser reads
_._headers_list
_._scan_from
_._body_remaining

# app/answer_pages: properties that templates read
_.is_close
_.is_ended
_.was_close

# index_builder/report: fields that its template reads
_.general
