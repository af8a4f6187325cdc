// What OpenSSL allocated, owned: `using Key = openssl::Pointer<EVP_PKEY, EVP_PKEY_free>`.
//
// Thread rule: values.
#pragma once

#include <memory>

namespace stimme::crypto::openssl {

template <auto free>
struct Free {
    template <class T>
    void operator()(T* object) const {
        free(object);
    }
};
template <class T, auto free>
using Pointer = std::unique_ptr<T, Free<free>>;

}  // namespace stimme::crypto::openssl
