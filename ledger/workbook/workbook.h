// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/result.h"
#include "ledger/domain/date.h"
#include "ledger/domain/money.h"

// Excel workbooks, as the programs write them: heads are frozen, pages are A4, text is always text and never a formula,
// whatever it begins with. Amounts are numbers of yuan with two decimals: Excel computes in binary floating point and
// keeps 15 digits, so that every amount below 10^15 fen is exact; a larger one is written as text. The same calls give
// the same bytes.

namespace fundtrail::ledger::workbook {

struct Column {
  std::string heading;
  double width;  // in characters
};

/// A sheet being filled from the top, row by row. Belongs to its book.
class Sheet {
 public:
  void next();
  void text(std::string_view value);
  /// A position or a count: exact up to 2^53.
  void number(std::uint64_t value);
  void money(domain::Fen amount);
  void nothing() { text(""); }
  /// No row has room after this one (1,048,576).
  [[nodiscard]] bool full() const;
  /// Lets readers filter the rows that are there.
  void filter();

 private:
  friend class Book;
  struct Written;
  explicit Sheet(std::shared_ptr<Written> written);

  std::shared_ptr<Written> written_;
};

/// A workbook in the making. Movable; one thread. Without an end it leaves no file.
class Book {
 public:
  /// Over a file that may stand there. Error: io where no memory is left.
  [[nodiscard]] static crypto::Result<Book> inFile(std::filesystem::path const& file);
  [[nodiscard]] static crypto::Result<Book> inMemory();

  Book(Book&&) noexcept;
  Book& operator=(Book&&) noexcept;
  ~Book();

  /// `told` is the time of what it tells of, not of its making: nothing stands for the beginning of 1970.
  void properties(std::string const& title, std::string const& author, std::optional<domain::Instant> told);
  /// A name is cut and cleaned of what Excel takes none of, and must differ from those before it.
  [[nodiscard]] Sheet sheet(std::string_view name, std::vector<Column> const& columns);

  /// Ends it: gives the bytes of one in memory, and nothing of one in a file. Error: io, after which the file may be
  /// there in part.
  [[nodiscard]] crypto::Result<std::string> finish();

 private:
  struct Open;
  explicit Book(std::unique_ptr<Open> open);

  std::unique_ptr<Open> open_;
};

}  // namespace fundtrail::ledger::workbook
