// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>

#include "crypto/bytes.h"
#include "crypto/result.h"
#include "ledger/schema/annotations.capnp.h"
#include "ledger/schema/batch.capnp.h"
#include "ledger/schema/event.capnp.h"
#include "ledger/schema/receipt.capnp.h"

namespace fundtrail::ledger::schema {

/// Everything that can be said of a message without knowing the ledger. First the size limit of its kind (limits.h), a
/// whole number of words, aligned to 8. Then one walk from the first word to the last, which stops at the first fault:
///   - the encoding is canonical: the only one that this content has;
///   - every annotation of annotations.capnp holds; enumerants are known; a union names a member, and the member is
///   there; texts are
///     UTF-8 without control characters and without characters that reorder or break a line or cannot be seen;
///   - nothing stands where this version of the schema has no field.
/// Then what fields say about each other. Statement: a genesis, and then neither ledger nor events; or a ledger, and 1
/// to 8,192 events. Entry: longer than 1 KiB only with a genesis. SignedBatch: its events' lengths, singly and in sum;
/// neither events nor statement are looked into.
///
/// Receipt: its paths are whole hashes; messages within it are not looked into.
///
/// T is Event, Statement, Entry, SignedBatch, Genesis or Receipt. Error: badInput, one line, such as
/// "paymentRequested.draws[0].amountFen: must be greater than 0". Any bytes are safe to pass. Fast (every event of
/// every batch and of every replay passes here) and safe on any thread.
template <class T>
crypto::Result<void> checkShape(crypto::BytesView bytes);

/// A field's name: as the schema and JSON have it, and as screens show it in Chinese. The schema owns both texts, for
/// the program's life.
struct FieldName {
  std::string_view english;
  std::string_view zh;
};

/// The value of a field that bears $format.
struct FormattedValue {
  Format format;
  std::string_view text;  ///< What a text or data field holds (data: its bytes); empty for a number. The event owns it.
  std::uint32_t number;   ///< What a number field holds; 0 for a text.
  FieldName field;
};

namespace detail {
void visitFormatted(Event::Reader event, void* context, bool (*visit)(void* context, FormattedValue const& value));
}  // namespace detail

/// Calls visit for every field that bears $format and is not empty or zero, nested structs and lists included, until
/// visit returns false: always in the same order, a struct's numbers before its texts. The event must have passed
/// checkShape.
template <class Visit>
void visitFormatted(Event::Reader event, Visit&& visit) {
  using Function = std::remove_reference_t<Visit>;
  detail::visitFormatted(
      event, const_cast<void*>(static_cast<void const*>(std::addressof(visit))),
      [](void* context, FormattedValue const& value) -> bool { return (*static_cast<Function*>(context))(value); });
}

}  // namespace fundtrail::ledger::schema
