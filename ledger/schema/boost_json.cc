// SPDX-License-Identifier: Apache-2.0
// Boost.JSON's own sources, compiled here for everyone above, so that they carry this build's sanitizers.
#include <boost/json/src.hpp>
