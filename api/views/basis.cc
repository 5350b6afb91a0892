// SPDX-License-Identifier: Apache-2.0
#include "api/views/basis.h"

namespace fundtrail::api::views {

std::string basisLine(Reader const& reader, ledger::projections::Basis const& basis) {
  auto line = reader.text({"截至位置 {}（前 {} 个事件），检查点大小 {}，根 {}",
                           "as of position {} (after the first {} events), "
                           "checkpoint size {}, root {}"},
                          basis.position, basis.position, basis.treeSize, basis.root.hex());
  if (basis.acceptedAt) line += reader.text({"，最后入账 {}", ", last accepted {}"}, basis.acceptedAt->text());
  if (basis.on) line += reader.text({"；只计业务日期至 {} 的事件", "; of these, events dated to {}"}, basis.on->text());
  return line;
}

void addBasis(Reader const& reader, Table& table, ledger::projections::Basis const& basis) {
  for (Text const& title : {Text{"位置", "position"}, Text{"检查点大小", "treeSize"}, Text{"根", "root"}}) {
    table.columns.push_back({reader.text(title)});
  }
  for (auto& row : table.rows) {
    row.push_back(std::to_string(basis.position));
    row.push_back(std::to_string(basis.treeSize));
    row.push_back(basis.root.hex());
  }
  if (!basis.on) return;
  table.columns.push_back({reader.text({"业务日期至", "on"})});
  for (auto& row : table.rows) row.push_back(basis.on->text());
}

boost::json::object jsonOf(ledger::projections::Basis const& basis) {
  boost::json::object object{{"position", basis.position},
                             {"treeSize", basis.treeSize},
                             {"root", basis.root.hex()},
                             {"acceptedAt", basis.acceptedAt ? boost::json::value(basis.acceptedAt->text()) : nullptr}};
  if (basis.on) object["on"] = basis.on->text();
  return object;
}

}  // namespace fundtrail::api::views
