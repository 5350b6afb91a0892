// SPDX-License-Identifier: Apache-2.0
#include "ledger/simulation/names.h"

#include <array>

#include <fmt/format.h>

namespace fundtrail::ledger::simulation {

namespace {

constexpr auto kSurnames = std::to_array<std::string_view>(
    {"陈", "林", "黄", "李", "张", "梁", "吴", "刘", "罗", "王", "郑", "何", "谢", "邓", "叶", "冯", "曾", "彭"});
constexpr auto kGivenFirst = std::to_array<std::string_view>(
    {"志", "文", "嘉", "晓", "建", "伟", "慧", "思", "子", "明", "国", "丽", "雅", "俊", "永", "海"});
constexpr auto kGivenSecond = std::to_array<std::string_view>(
    {"远", "强", "敏", "玲", "华", "杰", "欣", "峰", "婷", "平", "琪", "彬", "瑶", "斌", "娟", "涛"});

constexpr auto kBrandFirst = std::to_array<std::string_view>(
    {"恒", "鑫", "华", "粤", "宏", "盛", "金", "瑞", "众", "泰", "嘉", "永", "德", "信", "广",
     "顺", "联", "凯", "诚", "旭", "创", "富", "星", "海", "正", "佳", "隆", "美", "源", "兴"});
constexpr auto kBrandSecond = std::to_array<std::string_view>(
    {"晟", "达", "辉", "通", "益", "和", "力", "利", "升", "丰", "合", "业", "科", "邦", "扬",
     "友", "捷", "泽", "骏", "尔", "腾", "诺", "翔", "成", "润", "威", "田", "图", "康", "展"});
constexpr auto kTrades = std::to_array<std::string_view>(
    {"精密机械", "五金制品", "电子科技", "塑胶制品", "智能装备", "光电科技", "家具", "食品", "纺织", "新材料", "包装",
     "照明电器", "模具", "医疗器械", "汽车配件", "陶瓷", "服装", "电器"});
constexpr auto kProviderBrands = std::to_array<std::string_view>(
    {"云联", "数智", "智造", "工联", "易联", "慧云", "锐数", "博控", "芯联", "远图", "启明", "中控云"});
constexpr auto kProviderTrades =
    std::to_array<std::string_view>({"数字技术", "软件", "工业互联网", "智能科技", "信息系统集成", "自动化"});

}  // namespace

std::string personName(Random& random) {
  auto const surname = random.oneOf(kSurnames);
  auto const first = random.oneOf(kGivenFirst);
  return fmt::format("{}{}{}", surname, first, random.oneOf(kGivenSecond));
}

std::string enterpriseName(Random& random, std::string_view cityName) {
  auto const first = random.oneOf(kBrandFirst);
  auto const second = random.oneOf(kBrandSecond);
  return fmt::format("{}{}{}{}有限公司{}", cityName, first, second, random.oneOf(kTrades), kSimulated);
}

std::string providerName(Random& random, std::string_view cityName) {
  auto const brand = random.oneOf(kProviderBrands);
  return fmt::format("{}{}{}有限公司{}", cityName, brand, random.oneOf(kProviderTrades), kSimulated);
}

}  // namespace fundtrail::ledger::simulation
