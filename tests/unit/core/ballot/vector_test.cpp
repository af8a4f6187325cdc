// Our own published vector, tests/vectors/ballot.json: what another implementation must get from the same
// input.
#include "core/ballot/randomness.h"
#include "core/ballot/tracking_code.h"
#include "core/crypto/sha256.h"
#include "core/crypto/transcript.h"
#include "tests/support/files.h"
#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

using json::Array;
using json::Object;
using json::Value;

std::string text_of(const Value& object, std::string_view key) {
    return *object.get<Object>()->find(key)->get<std::string>();
}

template <std::size_t N>
ByteArray<N> hex_of(const Value& object, std::string_view key) {
    return *array_from_hex<N>(text_of(object, key));
}

// The input part of the file.
struct Input {
    explicit Input(const Value& in)
        : definition(
              *election::ValidDefinition::parse(json::canonical(*in.get<Object>()->find("definition")))),
          secret(*crypto::SecretScalar::from_bytes(hex_of<32>(in, "election_secret"))),
          key(crypto::multiply_generator(secret)),
          context{hex_of<32>(in, "h_E"), StationId(text_of(in, "station")), StyleId(text_of(in, "style")),
                  hex_of<10>(in, "t")},
          layout(definition, *definition.style(context.style)),
          seed(hex_of<32>(in, "seed")) {
        json::Problems problems;
        json::Fields fields(in, problems);
        selections = events::read_selections(fields, "selections");
    }

    ValidSelections valid() const { return *ValidSelections::check(layout, selections); }

    election::ValidDefinition definition;
    crypto::SecretScalar secret;
    crypto::ElectionKey key;
    Context context;
    Layout layout;
    ByteArray<32> seed;
    events::Selections selections;
};

Hash kappa(const Input& in) {
    Bytes values;
    for (const auto& contest : in.selections) {
        for (const std::uint16_t value : contest) append(values, u16be(value));
    }
    return crypto::hash(crypto::Tag::seed, {in.seed, in.context.election, as_bytes(in.context.station.str()),
                                            as_bytes(in.context.style.str()), in.context.t, values});
}

Value scalar(const Input& in, std::uint16_t contest, std::uint16_t position, std::uint16_t branch,
             char label) {
    const BallotRandomness randomness(Seed(in.seed), in.context, in.valid());
    const auto value = randomness.scalar(contest, position, branch, label).bytes();
    return Object{{"contest", unsigned{contest}},
                  {"position", unsigned{position}},
                  {"branch", unsigned{branch}},
                  {"label", std::string(1, label)},
                  {"value", to_hex(value.reveal())}};
}

Value proof(const Statement& statement, const Bytes& body) {
    Array branches;
    for (std::size_t i = 0; i < statement.range.branches(); ++i) {
        const std::size_t at = statement.branch(i);
        branches.push_back(Object{{"a", to_hex(take(body, at + branch_a, 64))},
                                  {"b", to_hex(take(body, at + branch_b, 64))},
                                  {"c", to_hex(take(body, at + branch_c, 32))},
                                  {"v", to_hex(take(body, at + branch_v, 32))}});
    }
    return Object{{"contest", unsigned{statement.contest}},
                  {"position", unsigned{statement.position}},
                  {"lo", statement.range.lo},
                  {"hi", statement.range.hi},
                  {"offset", statement.proof},
                  {"branches", std::move(branches)}};
}

Object output_of(const Input& in) {
    SealedBallot sealed = encrypt(in.key, in.layout, in.context, in.valid(), Seed(in.seed));
    const Bytes body = sealed.body();
    const Hash code = sealed.tracking_code();
    const auto x = std::move(sealed).for_cast();
    const ByteView ciphertexts = take(body, 0, in.layout.ciphertext(in.layout.ciphertexts()));
    const auto& statements = in.layout.statements();
    return {{"h_D", to_hex(in.definition.hash())},
            {"election_key", to_hex(*in.key.point().to_sec1())},
            {"kappa", to_hex(kappa(in))},
            {"scalars", Array{scalar(in, 0, 0, 0, 'r'), scalar(in, 0, 0, 0, 'u'), scalar(in, 0, 0, 0, 'c'),
                              scalar(in, 1, sum_position, 1, 'u'), scalar(in, 65535, 65535, 0, 'x')}},
            {"h_B", to_hex(ciphertexts_hash(in.context, ciphertexts))},
            {"range_proof", proof(statements.front(), body)},
            {"sum_proof", proof(statements.back(), body)},
            {"x", to_hex(x.reveal())},
            {"y", to_hex(take(body, in.layout.y_offset(), y_size))},
            {"body", to_hex(body)},
            {"body_sha256", to_hex(crypto::sha256(body))},
            {"tracking_code", to_hex(code)},
            {"tracking_code_text", write_tracking_code(code)}};
}

struct BallotVector : testing::Test {
    Value file = test::read_test_json("vectors/ballot.json");
    Input input{*file.get<Object>()->find("input")};
    const Object& output = *file.get<Object>()->find("output")->get<Object>();
};

TEST_F(BallotVector, IsReproduced) {
    const Object found = output_of(input);
    ASSERT_EQ(found.members().size(), output.members().size());
    for (const auto& [key, value] : found.members()) {
        const Value* expected = output.find(key);
        ASSERT_NE(expected, nullptr) << key;
        EXPECT_EQ(json::canonical(value), json::canonical(*expected)) << key;
    }
}

TEST_F(BallotVector, PublishedBodyIsAccepted) {
    const Bytes body = *from_hex(*output.find("body")->get<std::string>());
    const auto checked = check(input.layout, input.key, input.context, body);
    ASSERT_TRUE(checked) << checked.error().message;
    EXPECT_EQ(to_hex(checked->tracking_code()), *output.find("tracking_code")->get<std::string>());
}

}  // namespace
}  // namespace stimme::ballot
