// Another generator's bytes, drawn in blocks: for whoever needs very many small values. What was given out is
// wiped here.
//
// Thread rule: one thread.
#pragma once

#include "core/base/random.h"

namespace stimme {

class BlockRandom final : public Random {
  public:
    // It must outlive this.
    explicit BlockRandom(Random& random) : random_(random) {}
    ~BlockRandom() override;
    BlockRandom(const BlockRandom&) = delete;
    BlockRandom& operator=(const BlockRandom&) = delete;

    void fill(std::span<std::uint8_t> out) override;

  private:
    Random& random_;
    ByteArray<4096> block_{};
    std::size_t given_ = block_.size();
};

}  // namespace stimme
