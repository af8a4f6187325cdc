#include "core/ballot/receipt.h"

#include "core/ballot/tracking_code.h"
#include "tests/unit/core/ballot/ballot_fixture.h"

namespace stimme::ballot {
namespace {

struct CastReceipt : testing::Test {
    events::BallotCast cast{StationId("s1"), {1, 2, 3}, {4, 5, 6}, {7, 8, 9}};

    static log::Receipt receipt_of(events::Content content) {
        log::Receipt receipt;
        receipt.entry = to_bytes(as_bytes(events::encode({std::move(content), {}})));
        receipt.index = 4711;
        return receipt;
    }
};

TEST_F(CastReceipt, ShowsTheCastBallot) {
    const auto view = view_receipt(receipt_of(cast));
    ASSERT_TRUE(view) << view.error().message;
    EXPECT_EQ(view->cast, cast);
    EXPECT_EQ(view->index, 4711u);
    EXPECT_EQ(code_of(view->names(StationId("s1"), cast.tracking_code)), "none");
}

TEST_F(CastReceipt, OfAnotherBallotIsRefused) {
    EXPECT_EQ(code_of(view_receipt(receipt_of(cast))->names(StationId("s1"), {})), "receipt-other-ballot");
}

TEST_F(CastReceipt, OfAnotherStationIsRefused) {
    EXPECT_EQ(code_of(view_receipt(receipt_of(cast))->names(StationId("s2"), cast.tracking_code)),
              "receipt-other-station");
}

TEST_F(CastReceipt, OfAnotherEntryIsRefused) {
    EXPECT_EQ(code_of(view_receipt(receipt_of(events::BallotSubmitted{StationId("s1"), StyleId("standard"),
                                                                      cast.t, cast.tracking_code}))),
              "receipt-not-cast");
}

TEST_F(CastReceipt, OfNoEntryIsRefused) {
    log::Receipt receipt = receipt_of(cast);
    receipt.entry.push_back(' ');
    EXPECT_EQ(code_of(view_receipt(receipt)), "receipt-not-cast");
}

TEST(TrackingCode, IsWrittenInThirteenGroupsOfFour) {
    const Hash code = tracking_code({}, {});
    const std::string text = write_tracking_code(code);
    EXPECT_EQ(text.size(), 52u + 12u);
    EXPECT_EQ(*parse_tracking_code(text), code);
    EXPECT_EQ(write_tracking_code({}), "0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000");
}

TEST(TrackingCode, ThatIsNoneIsRefused) {
    const std::string text = write_tracking_code({});
    EXPECT_EQ(code_of(parse_tracking_code("")), "tracking-code-invalid");
    EXPECT_EQ(code_of(parse_tracking_code(text + "0")), "tracking-code-invalid");
    EXPECT_EQ(code_of(parse_tracking_code("U" + text.substr(1))), "tracking-code-invalid");
    EXPECT_EQ(code_of(parse_tracking_code(text.substr(0, text.size() - 1) + "1")), "tracking-code-invalid");
}

}  // namespace
}  // namespace stimme::ballot
