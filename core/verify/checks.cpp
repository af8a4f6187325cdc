#include "core/verify/checks.h"

namespace stimme::verify {
namespace {

constexpr CheckInfo all_checks[] = {
    {"V1.1", "The record holds exactly the files that its checkpoint needs, each of the right length."},
    {"V1.2", "The entries of the log, hashed together, give the fingerprint that the checkpoint names."},
    {"V1.3", "The published tiles of the tree are what follows from the entries."},
    {"V1.4", "The checkpoint is signed with the log's key."},
    {"V1.5", "From the close of the polls on, as many witnesses as the definition demands have signed."},
    {"V2.1", "The definition of the election can be read and keeps every rule for definitions."},
    {"V2.2", "The definition is the very one with which the election was sealed."},
    {"V3.1", "Each trustee of the definition, and nobody else, holds a part of the election key."},
    {"V3.2", "Each trustee has proven to know the secret behind their part."},
    {"V3.3", "The election key and the election's fingerprint follow from the trustees' parts."},
    {"V3.4", "Each trustee has signed that they accept this key."},
    {"V3.5", "There is one pass key for each station and ballot style, and no other."},
    {"V4.1", "Each entry of the log is well formed, in the one form that is allowed."},
    {"V4.2", "The events follow one another as the protocol demands."},
    {"V4.3", "No pass was used for two counted ballots, and each submitted ballot ended exactly once."},
    {"V4.4", "Each act is signed by exactly those people who have to sign it."},
    {"V4.5",
     "Each signature of a person is genuine, stands on a state of this very log, and under one act only."},
    {"V5.1", "The list of passes names exactly the passes with which ballots were submitted."},
    {"V5.2", "The pass secrets published after the close belong to the pass keys sealed before."},
    {"V5.3", "Each pass has the tag that its station's secret gives it."},
    {"V6.1", "The close of the polls names each group in which ballots were cast, and how many they are."},
    {"V6.2", "Each file of ballots is the one named at the close of the polls."},
    {"V6.3", "Each counted ballot is the one whose tracking code stands in the log."},
    {"V6.4", "Each counted ballot proves that it holds only votes that its ballot paper allows."},
    {"V6.5", "Each counted ballot was cast by the booth that made it."},
    {"V7.1", "Each tested ballot, computed again, is the ballot that the booth had submitted."},
    {"V7.2", "Each test that the log calls failed has failed."},
    {"V8.1", "The list of participation is the one named at the close of the polls, and well formed."},
    {"V8.2", "The list of participation has one row for each voter of the sealed roll as corrected."},
    {"V8.3",
     "No station has more ballots than voters who took part with a pass, nor more of them than its desks "
     "counted."},
    {"V8.4", "As many voters took part on paper at each station as its desks counted."},
    {"V9.1", "The ballots were counted in exactly the groups that the rule for small groups gives."},
    {"V9.2", "Each decryption share is proven right for the sum of exactly these ballots."},
    {"V9.3", "Each sum was opened by as many trustees as the definition demands."},
    {"V9.4", "Each total is what the shares open."},
    {"V10.1",
     "Paper ballots were counted in groups that are large enough, each count fits their number and the ballot "
     "paper, and where a station has other numbers somebody says why."},
    {"V10.2", "Lots were drawn only where votes were equal, and only among those concerned."},
    {"V10.3", "The totals of the result are the counted ballots and the paper ballots together."},
    {"V10.4", "The seats go to those to whom the votes, and the lots where due, give them."},
    {"V10.5", "The result was certified."},
    {"V10.6", "Where printed ballots were counted by hand and the count differs, somebody says why."},
    {"V10.7",
     "Where the definition sets a risk limit, hand counts of drawn groups had confirmed every outcome before "
     "it was certified."},
    {"V11.1", "The election's fingerprint is the one you expect.", Needed::on_asking},
    {"V11.2", "The ballot of your receipt is in this record.", Needed::on_asking},
    {"V11.3", "Your row is in the list of participation.", Needed::on_asking},
    {"V11.4", "The record continues the checkpoint that you saw earlier.", Needed::on_asking},
};

}  // namespace

std::span<const CheckInfo> checks() {
    return all_checks;
}

}  // namespace stimme::verify
