// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include "api/cli/program.h"

int main(int argc, char** argv) {
  return fundtrail::api::cli::run(argc, argv, std::cout, std::cerr);
}
