#include "core/crypto/fixed_base.h"

#include "core/crypto/legacy_group.h"

namespace stimme::crypto {

struct FixedBase::Table {
    openssl::Group group;
};

FixedBase::FixedBase(const Point& base)
    : base_(base), table_(std::make_shared<const Table>(Table{openssl::group_with_table(base)})) {}

Point FixedBase::multiply(const SecretScalar& scalar) const {
    return openssl::multiply_base(table_->group.get(), scalar);
}

}  // namespace stimme::crypto
