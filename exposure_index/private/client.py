"""Client of a private check, without any transport.

    blinded = BlindedIdentity.blind(identity, key_id)   # blinded.request goes to the server
    outputs = blinded.finalize(response, public_key)
    labels = outputs.labels(index, bucket)              # bucket number: outputs.bucket(index)

An organisation can check a list with it and reveal nothing of the list (`gauge private-check`).
"""

import secrets
from dataclasses import dataclass, field

from voprf import ristretto

from exposure_index.identity.canonical import EncodedIdentity
from exposure_index.label.model import Label
from exposure_index.private.bucket import PrivateIndex, label_in, verify_bucket
from exposure_index.private.evaluation import (
    INPUTS,
    KEY_ID_BYTES,
    PROOF_BYTES,
    RESPONSE_BYTES,
    VERSION,
)
from exposure_index.private.outputs import bucket_number, entry_material, place

RANDOM_INPUT_BYTES = 64
PANIC = "PanicException"  # of PyO3, which holds voprf


class ResponseRefused(Exception):
    """An evaluation of another length, version or key, or whose proof is wrong."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """y of 64 bytes each: of the document alone, and of it under each of two names.

    That of a name that was not given is of random bytes, and finds nothing.
    """

    document: bytes = field(repr=False)
    names: tuple[bytes, ...] = field(repr=False)

    def bucket(self, index: PrivateIndex) -> int:
        """Return the number of the one bucket to fetch."""
        return bucket_number(place(self.document), index.parameters.log2_buckets)

    def each_label(self, index: PrivateIndex, data: bytes) -> tuple[Label | None, ...]:
        """Verify a bucket; return its label under each of two names, then of the document alone.

        All three are looked up always, None stands for one that is not there. Raises BucketRefused,
        and then there is no answer.
        """
        entries = verify_bucket(index, self.bucket(index), data)
        return tuple(
            label_in(entries, entry_material(output, index.build_id), index.build_id)
            for output in (*self.names, self.document)
        )

    def labels(self, index: PrivateIndex, data: bytes) -> tuple[Label, ...]:
        """Return those of the three labels that there are. Raises BucketRefused."""
        return tuple(label for label in self.each_label(index, data) if label is not None)


@dataclass(frozen=True, slots=True)
class BlindedIdentity:
    """One identity, blinded anew; `request` is what goes to the server, 105 bytes."""

    request: bytes
    key_id: bytes
    _clients: tuple[ristretto.Client, ...] = field(repr=False)

    @classmethod
    def blind(cls, identity: EncodedIdentity, key_id: bytes) -> "BlindedIdentity":
        """Blind an identity under the key of 8 bytes key_id; no two requests are alike.

        Three inputs always: random bytes stand in the place of a second name where none was given,
        so that nobody sees how many there are. Raises ValueError for more than two names.
        """
        inputs = [identity.encode_document(), *identity.encode_names()]
        if len(inputs) > INPUTS:
            raise ValueError("an identity has two names at most")
        inputs += [secrets.token_bytes(RANDOM_INPUT_BYTES)] * (INPUTS - len(inputs))
        blinded = [ristretto.Client.blind(each) for each in inputs]
        elements = b"".join(bytes(element.serialize()) for _, element in blinded)
        return cls(VERSION + key_id + elements, key_id, tuple(client for client, _ in blinded))

    def finalize(self, response: bytes, public_key: bytes) -> Outputs:
        """Verify the proof of a response, unblind it and return the outputs; public_key: 32 bytes.

        Raises ResponseRefused.
        """
        if len(response) != RESPONSE_BYTES or response[:1] != VERSION:
            raise ResponseRefused("another length or version")
        if response[1 : 1 + KEY_ID_BYTES] != self.key_id:
            raise ResponseRefused("another key")
        evaluated, proof = response[1 + KEY_ID_BYTES : -PROOF_BYTES], response[-PROOF_BYTES:]
        try:
            batch = ristretto.VerifiableBatchOutput.deserialize(proof + evaluated)
            if bytes(batch.serialize()) != proof + evaluated:
                raise ResponseRefused("not in its canonical encoding")
            key = ristretto.PublicKey.deserialize(public_key)
        except ValueError as error:
            raise ResponseRefused("no elements of the group") from error
        document, *names = _proven(list(self._clients), batch, key)
        return Outputs(document, tuple(names))


def _proven(
    clients: list[ristretto.Client],
    batch: ristretto.VerifiableBatchOutput,
    key: ristretto.PublicKey,
) -> list[bytes]:
    """Return the unblinded outputs. Raises ResponseRefused where the proof does not hold."""
    try:
        return [bytes(each) for each in ristretto.Client.finalize_batch(clients, batch, key)]
    except BaseException as error:
        # voprf 0.2 panics on a wrong proof of a batch; the panic is no Exception, and its type
        # cannot be imported. Its message, on standard error, holds no value.
        if type(error).__name__ != PANIC:
            raise
        raise ResponseRefused("the proof is wrong") from None
