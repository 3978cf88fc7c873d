"""The book of receipts: one for each job that ended, found again for its organisation alone."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError

from app.bulk.jobs.views import JobView
from app.bulk.results.receipts import Parties, ReceiptSigner, receipt_document
from app.records.database import Records, RecordsUnavailable
from app.records.organisations.bulk_receipts import StoredReceipt, add_receipt, receipt_of
from app.services import AppServices
from app.settings import Settings
from exposure_index.crypto.keys import KeyRing


@dataclass(frozen=True, slots=True)
class ReceiptBook:
    """Makes and finds receipts."""

    records: Records
    signer: ReceiptSigner

    @classmethod
    def of(cls, services: AppServices) -> "ReceiptBook":
        """Return the book of a process. Raises RecordsUnavailable without the key ``records``."""
        return cls.over(services.records, services.settings)

    @classmethod
    def over(cls, records: Records, settings: Settings) -> "ReceiptBook":
        """Return the book over records. Raises RecordsUnavailable without the key ``records``."""
        keys = KeyRing.from_directory(settings.keys_dir)
        if not keys.has("records"):
            raise RecordsUnavailable
        return cls(records, ReceiptSigner(keys.bytes("records")))

    @property
    def public_key(self) -> bytes:
        """The key by which receipts are checked, 32 bytes."""
        return self.signer.public_key

    def receipt(self, organisation_id: int, job_id: str) -> bytes | None:
        """Return the receipt of a job of an organisation, None where there is none."""
        with self.records.reading() as connection:
            return receipt_of(connection, self.records.cipher, organisation_id, job_id)

    def write(self, job: JobView, parties: Parties, now: int) -> None:
        """Sign and keep the receipt of a job, unless it has one; now: seconds since 1970."""
        document = self.signer.signed(receipt_document(job, parties, now))
        today = datetime.fromtimestamp(now, UTC).date()
        one = StoredReceipt(job.organisation_id, job.id, document, today)
        try:
            with self.records.writing() as connection:
                add_receipt(connection, self.records.cipher, one)
        except IntegrityError:  # it was made before: whoever made it died before saying so
            return
