#include "core/base/block_random.h"

#include <algorithm>

#include <openssl/crypto.h>

namespace stimme {

BlockRandom::~BlockRandom() {
    OPENSSL_cleanse(block_.data(), block_.size());
}

void BlockRandom::fill(std::span<std::uint8_t> out) {
    while (!out.empty()) {
        if (given_ == block_.size()) {
            random_.fill(block_);
            given_ = 0;
        }
        const std::size_t taken = std::min(out.size(), block_.size() - given_);
        std::copy_n(block_.data() + given_, taken, out.begin());
        OPENSSL_cleanse(block_.data() + given_, taken);
        given_ += taken;
        out = out.subspan(taken);
    }
}

}  // namespace stimme
