// SPDX-License-Identifier: Apache-2.0
#include "replay/journal/gb18030.h"

#include <iconv.h>

namespace fundtrail::replay::journal {

using crypto::Error;
using crypto::ErrorKind;

crypto::Result<std::string> toGb18030(std::string_view utf8) {
  iconv_t const converter = ::iconv_open("GB18030", "UTF-8");
  // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv_open() says so itself
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    return Error{ErrorKind::io, "this system cannot write GB18030: install the C library's character sets",
                 "本系统不支持 GB18030 编码：请安装 C 库的字符集"};
  }
  std::string in(utf8);  // iconv() asks for one that is not const, and changes nothing
  std::string out(2 * in.size() + 16, '\0');
  char* from = in.data();
  char* to = out.data();
  std::size_t fromLeft = in.size();
  std::size_t toLeft = out.size();
  auto const converted = ::iconv(converter, &from, &fromLeft, &to, &toLeft);
  ::iconv_close(converter);
  if (converted == static_cast<std::size_t>(-1)) {
    return Error{ErrorKind::badInput, "a text on record is not UTF-8", "记录中有文字不是有效的 UTF-8"};
  }
  out.resize(out.size() - toLeft);
  return out;
}

}  // namespace fundtrail::replay::journal
