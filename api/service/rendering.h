// SPDX-License-Identifier: Apache-2.0
// Private to this folder.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "api/http/message.h"
#include "api/service/endpoint.h"
#include "api/views/report.h"
#include "api/views/table.h"

namespace fundtrail::api::service {

[[nodiscard]] http::Response jsonResponse(std::uint16_t status, boost::json::object const& body);

/// The report in the form that the call wants.
[[nodiscard]] http::Response rendered(Call const& call, views::Report const& report);
/// A page of a report with one list (cutPage()); the next one is named by a Link.
[[nodiscard]] http::Response renderedPage(Call const& call, views::Report report,
                                          std::span<std::string_view const> keys);
/// A workbook of these sheets.
[[nodiscard]] http::Response workbookOf(Call const& call, std::vector<views::NamedTable> const& tables);
/// What was printed in one of the other forms.
[[nodiscard]] http::Response printed(Call const& call, std::string text);
[[nodiscard]] views::Format formatOf(Media media);

/// Names the next page: the same target with these parameters.
void linkNext(http::Response& response, Call const& call, std::string_view parameter, std::string const& value);

}  // namespace fundtrail::api::service
