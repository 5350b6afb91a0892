// SPDX-License-Identifier: Apache-2.0
#include "ledger/workbook/workbook.h"

#include <algorithm>
#include <sys/mman.h>
#include <utility>
#include <xlsxwriter.h>

#include <fmt/format.h>

#include "ledger/files/files.h"

namespace fundtrail::ledger::workbook {

using crypto::Error;
using crypto::ErrorKind;
using crypto::Result;

namespace {

// Excel's own limits.
constexpr std::size_t kMostCharacters = 32'767;
constexpr std::size_t kMostInName = 31;
constexpr lxw_row_t kMostRows = 1'048'576;
constexpr std::size_t kMostBytes = std::size_t{1} << 30U;
// 15 digits, of which Excel loses none.
constexpr std::int64_t kMostExactFen = 999'999'999'999'999;

/// At most so many characters, cut between two of them, with what may not stand in it replaced.
std::string cleaned(std::string_view text, std::size_t most, auto const& isRefused) {
  std::string out;
  std::size_t characters = 0;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0U) != 0x80U && characters++ == most) break;
    out += isRefused(byte) ? ' ' : c;
  }
  return out;
}

std::string cellText(std::string_view text) {
  return cleaned(text, kMostCharacters,
                 [](unsigned char byte) { return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f; });
}

std::string sheetName(std::string_view text) {
  return cleaned(text, kMostInName, [](unsigned char byte) {
    return byte < 0x20 || byte == 0x7f ||
           std::string_view("[]:*?/\\'").find(static_cast<char>(byte)) != std::string_view::npos;
  });
}

struct Formats {
  explicit Formats(lxw_workbook* book)
      : head(workbook_add_format(book)), wrapped(workbook_add_format(book)), money(workbook_add_format(book)) {
    format_set_bold(head);
    format_set_bottom(head, LXW_BORDER_THIN);
    format_set_bg_color(head, 0xEDF1F5);
    format_set_text_wrap(head);
    format_set_align(head, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(wrapped);
    format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(money, "#,##0.00");
    format_set_align(money, LXW_ALIGN_VERTICAL_TOP);
  }
  lxw_format* head;
  lxw_format* wrapped;
  lxw_format* money;
};

}  // namespace

struct Sheet::Written {
  lxw_worksheet* sheet;
  Formats formats;
  std::size_t columns;
  lxw_row_t row = 0;
  lxw_col_t column = 0;
};

struct Book::Open {
  std::string file;
  std::optional<files::Descriptor> memory;  // what `file` names, of a book that is made in memory
  lxw_workbook* book;
  Formats formats;

  Open(std::string path, std::optional<files::Descriptor> inMemory, lxw_workbook* opened)
      : file(std::move(path)), memory(std::move(inMemory)), book(opened), formats(opened) {}
  Open(Open const&) = delete;
  Open& operator=(Open const&) = delete;
  ~Open() {
    if (book != nullptr) lxw_workbook_free(book);
  }
};

Sheet::Sheet(std::shared_ptr<Written> written) : written_(std::move(written)) {}

void Sheet::next() {
  ++written_->row;
  written_->column = 0;
}

void Sheet::text(std::string_view value) {
  if (auto const cell = cellText(value); !cell.empty()) {
    worksheet_write_string(written_->sheet, written_->row, written_->column, cell.c_str(), written_->formats.wrapped);
  }
  ++written_->column;
}

void Sheet::number(std::uint64_t value) {
  worksheet_write_number(written_->sheet, written_->row, written_->column++, static_cast<double>(value),
                         written_->formats.wrapped);
}

void Sheet::money(domain::Fen amount) {
  auto const fen = amount.count();
  if (fen > kMostExactFen || fen < -kMostExactFen) return text(domain::formatYuan(amount));
  // The nearest double of a number of 15 digits at most is that number, when Excel shows it.
  worksheet_write_number(written_->sheet, written_->row, written_->column++, static_cast<double>(fen) / 100,
                         written_->formats.money);
}

bool Sheet::full() const {
  return written_->row + 1 >= kMostRows;
}

void Sheet::filter() {
  worksheet_autofilter(written_->sheet, 0, 0, std::max<lxw_row_t>(written_->row, 1),
                       static_cast<lxw_col_t>(written_->columns - 1));
}

Book::Book(std::unique_ptr<Open> open) : open_(std::move(open)) {}
Book::Book(Book&&) noexcept = default;
Book& Book::operator=(Book&&) noexcept = default;
Book::~Book() = default;

namespace {

Error noMemory() {
  return {ErrorKind::io, "no memory is left for the workbook", "内存不足，无法制作工作簿"};
}

}  // namespace

Result<Book> Book::inFile(std::filesystem::path const& file) {
  auto path = file.string();
  auto* const book = workbook_new(path.c_str());
  if (book == nullptr) return noMemory();
  return Book(std::make_unique<Open>(std::move(path), std::nullopt, book));
}

Result<Book> Book::inMemory() {
  // The library writes into files alone: this one has no place on a disk.
  files::Descriptor memory(::memfd_create("workbook", MFD_CLOEXEC));
  if (memory.number() < 0) return noMemory();
  auto path = fmt::format("/proc/self/fd/{}", memory.number());
  auto* const book = workbook_new(path.c_str());
  if (book == nullptr) return noMemory();
  return Book(std::make_unique<Open>(std::move(path), std::move(memory), book));
}

void Book::properties(std::string const& title, std::string const& author, std::optional<domain::Instant> told) {
  auto titleText = title;
  auto authorText = author;
  lxw_doc_properties properties{};
  properties.title = titleText.data();
  properties.author = authorText.data();
  if (told) properties.created = told->milliseconds() / 1000;
  workbook_set_properties(open_->book, &properties);
}

Sheet Book::sheet(std::string_view name, std::vector<Column> const& columns) {
  auto* const sheet = workbook_add_worksheet(open_->book, sheetName(name).c_str());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    auto const column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, column, column, columns[i].width, nullptr);
    worksheet_write_string(sheet, 0, column, columns[i].heading.c_str(), open_->formats.head);
  }
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_set_footer(sheet, "&C&P / &N");
  return Sheet(std::make_shared<Sheet::Written>(Sheet::Written{sheet, open_->formats, columns.size()}));
}

Result<std::string> Book::finish() {
  auto const written = workbook_close(std::exchange(open_->book, nullptr));  // frees it, whatever comes of it
  if (written != LXW_NO_ERROR) {
    return Error{ErrorKind::io, fmt::format("{}: cannot be written ({})", open_->file, lxw_strerror(written)),
                 fmt::format("{}：无法写出（{}）", open_->file, lxw_strerror(written))};
  }
  if (!open_->memory) return std::string();
  return files::readFile(open_->file, kMostBytes);
}

}  // namespace fundtrail::ledger::workbook
