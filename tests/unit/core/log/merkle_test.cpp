// Trees, roots and proofs: core/log/merkle.h.
#include "core/log/merkle.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/crypto/sha256.h"
#include "tests/support/files.h"

namespace stimme::log {
namespace {

Tree tree_of(std::uint64_t size) {
    Tree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append_entry(as_bytes("entry " + std::to_string(i)));
    return tree;
}

// RFC 6962 section 2.1, word for word.
Hash defined_root(const Tree& tree, std::uint64_t begin, std::uint64_t end) {
    if (begin == end) return crypto::sha256(ByteView{});
    if (end - begin == 1) return tree.leaf(begin);
    std::uint64_t k = 1;
    while (2 * k < end - begin) k *= 2;
    return hash_node(defined_root(tree, begin, begin + k), defined_root(tree, begin + k, end));
}

std::string code_of(const Status& status) {
    return status ? "" : status.error().code;
}

std::string inclusion(const Tree& tree, std::uint64_t index, std::uint64_t size, const Proof& proof) {
    return code_of(verify_inclusion(tree.leaf(index), index, size, proof, tree.root(size)));
}

std::string consistency(const Tree& tree, std::uint64_t older, std::uint64_t newer, const Proof& proof) {
    return code_of(verify_consistency(older, newer, tree.root(older), tree.root(newer), proof));
}

// A hash of the vectors. Those of another length stand for "any other value", and no two differ in length
// only, so hashing them keeps what is equal and what is not.
Hash vector_hash(const nlohmann::json& text) {
    const Bytes bytes = *from_base64(text.get<std::string>());
    return bytes.size() == 32 ? to_array<32>(bytes) : crypto::sha256(bytes);
}

Proof vector_proof(const nlohmann::json& hashes) {
    Proof proof;
    for (const auto& hash : hashes) proof.push_back(vector_hash(hash));
    return proof;
}

TEST(Merkle, PublishedInclusionProofsAreJudgedAsPublished) {
    const auto vectors = nlohmann::json::parse(test::read_test_file("vectors/rfc6962-proofs.json"));
    ASSERT_EQ(vectors["inclusion"].size(), 98u);
    for (const auto& v : vectors["inclusion"]) {
        if (from_base64(v["leafHash"].get<std::string>())->empty()) {  // our types have no empty hash
            EXPECT_TRUE(v["wantErr"].get<bool>());
            continue;
        }
        const Status status = verify_inclusion(vector_hash(v["leafHash"]), v["leafIdx"], v["treeSize"],
                                               vector_proof(v["proof"]), vector_hash(v["root"]));
        EXPECT_EQ(!status.ok(), v["wantErr"].get<bool>()) << v["name"];
    }
}

TEST(Merkle, PublishedConsistencyProofsAreJudgedAsPublished) {
    const auto vectors = nlohmann::json::parse(test::read_test_file("vectors/rfc6962-proofs.json"));
    ASSERT_EQ(vectors["consistency"].size(), 98u);
    for (const auto& v : vectors["consistency"]) {
        const Status status = verify_consistency(v["size1"], v["size2"], vector_hash(v["root1"]),
                                                 vector_hash(v["root2"]), vector_proof(v["proof"]));
        EXPECT_EQ(!status.ok(), v["wantErr"].get<bool>()) << v["name"];
    }
}

TEST(Merkle, TheTreeOfTheCertificateTransparencyTestsHasItsRoots) {
    Tree tree;
    EXPECT_EQ(to_hex(tree.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (const char* entry : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                              "606162636465666768696a6b6c6d6e6f"}) {
        tree.append_entry(*from_hex(entry));
    }
    EXPECT_EQ(to_hex(tree.root(1)), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    EXPECT_EQ(to_hex(tree.root(3)), "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
    EXPECT_EQ(to_hex(tree.root(7)), "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
    EXPECT_EQ(to_hex(tree.root(8)), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(Merkle, EveryWayToTheRootOfTreesUpTo64Agrees) {
    const Tree tree = tree_of(64);
    RootBuilder builder;
    std::vector<Hash> leaves;
    for (std::uint64_t size = 0; size <= 64; ++size) {
        const Hash root = defined_root(tree, 0, size);
        EXPECT_EQ(tree.root(size), root);
        EXPECT_EQ(builder.root(), root);
        EXPECT_EQ(builder.size(), size);
        EXPECT_EQ(merkle_root(leaves), root);
        if (size == 64) break;
        builder.append(tree.leaf(size));
        leaves.push_back(tree.leaf(size));
    }
}

TEST(Merkle, EveryLeafOfTreesUpTo64IsProvenAtItsPlaceOnly) {
    const Tree tree = tree_of(64);
    for (std::uint64_t size = 1; size <= 64; ++size) {
        for (std::uint64_t index = 0; index < size; ++index) {
            const Proof proof = *tree.inclusion_proof(index, size);
            EXPECT_EQ(inclusion(tree, index, size, proof), "");
            for (std::uint64_t other = 0; other < size; ++other) {
                if (other == index) continue;
                EXPECT_NE(code_of(verify_inclusion(tree.leaf(index), other, size, proof, tree.root(size))),
                          "");
            }
        }
    }
}

TEST(Merkle, EveryPairOfTreesUpTo64IsConsistent) {
    const Tree tree = tree_of(64);
    for (std::uint64_t newer = 1; newer <= 64; ++newer) {
        for (std::uint64_t older = 1; older <= newer; ++older) {
            EXPECT_EQ(consistency(tree, older, newer, *tree.consistency_proof(older, newer)), "");
        }
    }
}

TEST(Merkle, AnyChangedHashOfAProofIsRefused) {
    const Tree tree = tree_of(37);
    const Proof inclusion_proof = *tree.inclusion_proof(20, 37);
    for (std::size_t i = 0; i < inclusion_proof.size(); ++i) {
        Proof changed = inclusion_proof;
        changed[i][31] ^= 1;
        EXPECT_EQ(inclusion(tree, 20, 37, changed), "inclusion-root");
    }
    const Proof consistency_proof = *tree.consistency_proof(22, 37);
    for (std::size_t i = 0; i < consistency_proof.size(); ++i) {
        Proof changed = consistency_proof;
        changed[i][0] ^= 1;
        EXPECT_EQ(consistency(tree, 22, 37, changed), "consistency-root");
    }
}

TEST(Merkle, ProofsOfAnotherLengthAreRefused) {
    const Tree tree = tree_of(37);
    for (const bool longer : {true, false}) {
        Proof one = *tree.inclusion_proof(20, 37);
        Proof two = *tree.consistency_proof(22, 37);
        Proof same = *tree.consistency_proof(37, 37);
        longer ? one.push_back({}) : one.pop_back();
        longer ? two.push_back({}) : two.pop_back();
        EXPECT_EQ(inclusion(tree, 20, 37, one), "inclusion-length");
        EXPECT_EQ(consistency(tree, 22, 37, two), "consistency-length");
        same.push_back({});
        EXPECT_EQ(consistency(tree, 37, 37, same), "consistency-length");
    }
}

TEST(Merkle, ALeafBeyondTheTreeIsRefused) {
    const Tree tree = tree_of(4);
    EXPECT_EQ(code_of(verify_inclusion(tree.leaf(3), 4, 4, {}, tree.root())), "inclusion-index");
    EXPECT_EQ(code_of(verify_inclusion(tree.leaf(3), 0, 0, {}, tree.root(0))), "inclusion-index");
    EXPECT_EQ(code_of(verify_inclusion(tree.leaf(3), ~0ull, ~0ull, {}, tree.root())), "inclusion-index");
    EXPECT_EQ(code_of(verify_inclusion(tree.leaf(3), ~0ull - 1, ~0ull, {}, tree.root())), "inclusion-length");
}

TEST(Merkle, TwoRootsForOneSizeConvictTheLog) {
    const Tree tree = tree_of(9);
    Tree forked = tree_of(8);
    forked.append_entry(as_bytes("another entry"));
    const Status status = verify_consistency(9, 9, tree.root(), forked.root(), {});
    EXPECT_EQ(code_of(status), "log-forked");
    EXPECT_EQ(status.error().kind, ErrorKind::corrupt);
}

TEST(Merkle, ATreeThatRewroteAnEntryIsNoContinuation) {
    const Tree older = tree_of(6);
    Tree newer = tree_of(5);
    for (int i = 0; i < 8; ++i) newer.append_entry(as_bytes("another entry"));
    const Proof proof = *newer.consistency_proof(6, 13);
    EXPECT_EQ(code_of(verify_consistency(6, 13, older.root(), newer.root(), proof)), "consistency-root");
    EXPECT_EQ(code_of(verify_consistency(6, 13, newer.root(6), older.root(), proof)), "consistency-root");
}

TEST(Merkle, ATreeNeverShrinksAndTheEmptyOneProvesNothing) {
    const Tree tree = tree_of(5);
    EXPECT_EQ(consistency(tree, 5, 4, {}), "consistency-sizes");
    EXPECT_EQ(consistency(tree, 0, 4, {}), "consistency-sizes");
    EXPECT_EQ(consistency(tree, 0, 0, {}), "consistency-sizes");
}

TEST(Merkle, ProofsOutsideTheTreeAreNotMade) {
    const Tree tree = tree_of(5);
    EXPECT_EQ(tree.inclusion_proof(5, 5).error().code, "log-range");
    EXPECT_EQ(tree.inclusion_proof(0, 6).error().code, "log-range");
    EXPECT_EQ(tree.inclusion_proof(0, 0).error().code, "log-range");
    EXPECT_EQ(tree.consistency_proof(0, 5).error().code, "log-range");
    EXPECT_EQ(tree.consistency_proof(5, 4).error().code, "log-range");
    EXPECT_EQ(tree.consistency_proof(5, 6).error().code, "log-range");
}

}  // namespace
}  // namespace stimme::log
