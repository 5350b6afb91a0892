// SPDX-License-Identifier: Apache-2.0
// Private to this folder: what the rows of the table call.
#pragma once

#include "api/service/endpoint.h"

namespace fundtrail::api::service {

// read_money.cc
http::Response getLedger(Context const& context, Call const& call);
http::Response getCities(Context const& context, Call const& call);
http::Response getCity(Context const& context, Call const& call);
http::Response getTranches(Context const& context, Call const& call);
http::Response getProgress(Context const& context, Call const& call);
http::Response getRules(Context const& context, Call const& call);

// read_projects.cc
http::Response getProjects(Context const& context, Call const& call);
http::Response getProject(Context const& context, Call const& call);
http::Response getPayments(Context const& context, Call const& call);
http::Response getPayment(Context const& context, Call const& call);
http::Response getExplanation(Context const& context, Call const& call);
http::Response getFindings(Context const& context, Call const& call);
http::Response getWorkList(Context const& context, Call const& call);

// read_parties.cc
http::Response getEnterprises(Context const& context, Call const& call);
http::Response getEnterprise(Context const& context, Call const& call);
http::Response getProviders(Context const& context, Call const& call);
http::Response getProvider(Context const& context, Call const& call);
http::Response getProducts(Context const& context, Call const& call);

// read_events.cc
http::Response getEvents(Context const& context, Call const& call);
http::Response getEvent(Context const& context, Call const& call);
http::Response getReceipt(Context const& context, Call const& call);

// spine.cc
http::Response getCheckpoint(Context const& context, Call const& call);
http::Response getTile(Context const& context, Call const& call);

// changes.cc
http::Response getChanges(Context const& context, Call const& call);

// session.cc
http::Response postChallenge(Context const& context, Call const& call);
http::Response postSession(Context const& context, Call const& call);
http::Response getSession(Context const& context, Call const& call);
http::Response deleteSession(Context const& context, Call const& call);

// batches.cc
void postBatch(Context const& context, Call call, http::Answer answer);
http::Response postPrepare(Context const& context, Call const& call);

// openapi.cc, page.cc
http::Response getOpenApi(Context const& context, Call const& call);
http::Response getPage(Context const& context, Call const& call);

}  // namespace fundtrail::api::service
