// An exception on its way from one rank to another.
#pragma once
#include <exception>
#include <string>
#include <string_view>

namespace brightline::crew {

std::string packed_failure(const std::exception_ptr& failure);

/// Bad input arrives as it was; our mistake stays one; anything else becomes std::runtime_error. These two say the rank.
std::exception_ptr unpacked_failure(std::string_view packed, int rank);

}  // namespace brightline::crew
