// SPDX-License-Identifier: Apache-2.0
#include "replay/build_id.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <link.h>
#include <string_view>

#include "crypto/bytes.h"

namespace fundtrail::replay {

namespace {

constexpr std::size_t kNoteAlignment = 4;

constexpr std::size_t padded(std::size_t size) {
  return (size + kNoteAlignment - 1) / kNoteAlignment * kNoteAlignment;
}

/// The build identifier among the notes of a segment; empty if there is none.
crypto::BytesView identifierIn(crypto::BytesView notes) {
  constexpr std::string_view kOwner{"GNU\0", 4};
  ElfW(Nhdr) header{};
  while (notes.size() >= sizeof header) {
    std::memcpy(&header, notes.data(), sizeof header);
    notes = notes.subspan(sizeof header);
    auto const name = padded(header.n_namesz);
    auto const size = padded(header.n_descsz);
    if (name > notes.size() || size > notes.size() - name) break;
    bool const found = header.n_type == NT_GNU_BUILD_ID && crypto::asText(notes.first(header.n_namesz)) == kOwner;
    if (found) return notes.subspan(name, header.n_descsz);
    notes = notes.subspan(name + size);
  }
  return {};
}

}  // namespace

std::string buildId() {
  std::string id;
  // The first object that is shown is the program itself.
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* to) {
        for (std::size_t i = 0; i < info->dlpi_phnum; ++i) {
          auto const& segment = info->dlpi_phdr[i];
          if (segment.p_type != PT_NOTE) continue;
          auto const* const begin = reinterpret_cast<std::uint8_t const*>(info->dlpi_addr + segment.p_vaddr);
          auto const found = identifierIn({begin, static_cast<std::size_t>(segment.p_memsz)});
          if (!found.empty()) *static_cast<std::string*>(to) = crypto::toHex(found);
        }
        return 1;
      },
      &id);
  return id;
}

}  // namespace fundtrail::replay
