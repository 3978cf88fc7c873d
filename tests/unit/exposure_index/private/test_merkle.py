from hashlib import sha256

import pytest

from exposure_index.private.merkle import Tree, leaf_hash, root_over


@pytest.mark.parametrize("leaves", [2, 4, 16, 512])
def test_every_leaf_leads_to_the_root(leaves):
    hashes = [sha256(bytes([n % 256, n // 256])).digest() for n in range(leaves)]
    tree = Tree(hashes)
    for number, leaf in enumerate(hashes):
        assert tree.root == root_over(leaf, number, tree.path(number))
    assert tree.root != root_over(hashes[1], 0, tree.path(0))


def test_four_leaves_by_hand():
    a, b, c, d = (leaf_hash(bytes([n])) for n in range(4))
    left, right = sha256(b"\x01" + a + b).digest(), sha256(b"\x01" + c + d).digest()
    tree = Tree([a, b, c, d])
    assert sha256(b"\x01" + left + right).digest() == tree.root
    assert d + left == tree.path(2)


@pytest.mark.parametrize("leaves", [0, 1, 3, 6])
def test_another_number_of_leaves_is_refused(leaves):
    with pytest.raises(ValueError, match="power of two"):
        Tree([bytes(32)] * leaves)
