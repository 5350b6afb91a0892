// SPDX-License-Identifier: Apache-2.0
// GB/T 2260: Guangdong, its cities and their counties.
#include <algorithm>
#include <iterator>

#include "crypto/ensure.h"
#include "ledger/domain/codes.h"
#include "ledger/domain/decimal.h"

namespace fundtrail::ledger::domain {

struct RegionTable {
  static constexpr Region row(std::uint32_t code, std::string_view zh, std::string_view en) {
    return {CityCode(code), zh, en};
  }
};

namespace {

constexpr auto row = RegionTable::row;

// clang-format off
constexpr Region kRegions[] = {
    row(440000, "广东省", "Guangdong"),
    row(440100, "广州市", "Guangzhou"), row(440103, "荔湾区", "Liwan"), row(440104, "越秀区", "Yuexiu"),
    row(440105, "海珠区", "Haizhu"), row(440106, "天河区", "Tianhe"), row(440111, "白云区", "Baiyun"),
    row(440112, "黄埔区", "Huangpu"), row(440113, "番禺区", "Panyu"), row(440114, "花都区", "Huadu"),
    row(440115, "南沙区", "Nansha"), row(440117, "从化区", "Conghua"), row(440118, "增城区", "Zengcheng"),
    row(440200, "韶关市", "Shaoguan"), row(440203, "武江区", "Wujiang"), row(440204, "浈江区", "Zhenjiang"),
    row(440205, "曲江区", "Qujiang"), row(440222, "始兴县", "Shixing"), row(440224, "仁化县", "Renhua"),
    row(440229, "翁源县", "Wengyuan"), row(440232, "乳源瑶族自治县", "Ruyuan"), row(440233, "新丰县", "Xinfeng"),
    row(440281, "乐昌市", "Lechang"), row(440282, "南雄市", "Nanxiong"),
    row(440300, "深圳市", "Shenzhen"), row(440303, "罗湖区", "Luohu"), row(440304, "福田区", "Futian"),
    row(440305, "南山区", "Nanshan"), row(440306, "宝安区", "Bao'an"), row(440307, "龙岗区", "Longgang"),
    row(440308, "盐田区", "Yantian"), row(440309, "龙华区", "Longhua"), row(440310, "坪山区", "Pingshan"),
    row(440311, "光明区", "Guangming"),
    row(440400, "珠海市", "Zhuhai"), row(440402, "香洲区", "Xiangzhou"), row(440403, "斗门区", "Doumen"),
    row(440404, "金湾区", "Jinwan"),
    row(440500, "汕头市", "Shantou"), row(440507, "龙湖区", "Longhu"), row(440511, "金平区", "Jinping"),
    row(440512, "濠江区", "Haojiang"), row(440513, "潮阳区", "Chaoyang"), row(440514, "潮南区", "Chaonan"),
    row(440515, "澄海区", "Chenghai"), row(440523, "南澳县", "Nan'ao"),
    row(440600, "佛山市", "Foshan"), row(440604, "禅城区", "Chancheng"), row(440605, "南海区", "Nanhai"),
    row(440606, "顺德区", "Shunde"), row(440607, "三水区", "Sanshui"), row(440608, "高明区", "Gaoming"),
    row(440700, "江门市", "Jiangmen"), row(440703, "蓬江区", "Pengjiang"), row(440704, "江海区", "Jianghai"),
    row(440705, "新会区", "Xinhui"), row(440781, "台山市", "Taishan"), row(440783, "开平市", "Kaiping"),
    row(440784, "鹤山市", "Heshan"), row(440785, "恩平市", "Enping"),
    row(440800, "湛江市", "Zhanjiang"), row(440802, "赤坎区", "Chikan"), row(440803, "霞山区", "Xiashan"),
    row(440804, "坡头区", "Potou"), row(440811, "麻章区", "Mazhang"), row(440823, "遂溪县", "Suixi"),
    row(440825, "徐闻县", "Xuwen"), row(440881, "廉江市", "Lianjiang"), row(440882, "雷州市", "Leizhou"),
    row(440883, "吴川市", "Wuchuan"),
    row(440900, "茂名市", "Maoming"), row(440902, "茂南区", "Maonan"), row(440904, "电白区", "Dianbai"),
    row(440981, "高州市", "Gaozhou"), row(440982, "化州市", "Huazhou"), row(440983, "信宜市", "Xinyi"),
    row(441200, "肇庆市", "Zhaoqing"), row(441202, "端州区", "Duanzhou"), row(441203, "鼎湖区", "Dinghu"),
    row(441204, "高要区", "Gaoyao"), row(441223, "广宁县", "Guangning"), row(441224, "怀集县", "Huaiji"),
    row(441225, "封开县", "Fengkai"), row(441226, "德庆县", "Deqing"), row(441284, "四会市", "Sihui"),
    row(441300, "惠州市", "Huizhou"), row(441302, "惠城区", "Huicheng"), row(441303, "惠阳区", "Huiyang"),
    row(441322, "博罗县", "Boluo"), row(441323, "惠东县", "Huidong"), row(441324, "龙门县", "Longmen"),
    row(441400, "梅州市", "Meizhou"), row(441402, "梅江区", "Meijiang"), row(441403, "梅县区", "Meixian"),
    row(441422, "大埔县", "Dabu"), row(441423, "丰顺县", "Fengshun"), row(441424, "五华县", "Wuhua"),
    row(441426, "平远县", "Pingyuan"), row(441427, "蕉岭县", "Jiaoling"), row(441481, "兴宁市", "Xingning"),
    row(441500, "汕尾市", "Shanwei"), row(441502, "城区", "Chengqu"), row(441521, "海丰县", "Haifeng"),
    row(441523, "陆河县", "Luhe"), row(441581, "陆丰市", "Lufeng"),
    row(441600, "河源市", "Heyuan"), row(441602, "源城区", "Yuancheng"), row(441621, "紫金县", "Zijin"),
    row(441622, "龙川县", "Longchuan"), row(441623, "连平县", "Lianping"), row(441624, "和平县", "Heping"),
    row(441625, "东源县", "Dongyuan"),
    row(441700, "阳江市", "Yangjiang"), row(441702, "江城区", "Jiangcheng"), row(441704, "阳东区", "Yangdong"),
    row(441721, "阳西县", "Yangxi"), row(441781, "阳春市", "Yangchun"),
    row(441800, "清远市", "Qingyuan"), row(441802, "清城区", "Qingcheng"), row(441803, "清新区", "Qingxin"),
    row(441821, "佛冈县", "Fogang"), row(441823, "阳山县", "Yangshan"),
    row(441825, "连山壮族瑶族自治县", "Lianshan"), row(441826, "连南瑶族自治县", "Liannan"),
    row(441881, "英德市", "Yingde"), row(441882, "连州市", "Lianzhou"),
    row(441900, "东莞市", "Dongguan"),
    row(442000, "中山市", "Zhongshan"),
    row(445100, "潮州市", "Chaozhou"), row(445102, "湘桥区", "Xiangqiao"), row(445103, "潮安区", "Chao'an"),
    row(445122, "饶平县", "Raoping"),
    row(445200, "揭阳市", "Jieyang"), row(445202, "榕城区", "Rongcheng"), row(445203, "揭东区", "Jiedong"),
    row(445222, "揭西县", "Jiexi"), row(445224, "惠来县", "Huilai"), row(445281, "普宁市", "Puning"),
    row(445300, "云浮市", "Yunfu"), row(445302, "云城区", "Yuncheng"), row(445303, "云安区", "Yun'an"),
    row(445321, "新兴县", "Xinxing"), row(445322, "郁南县", "Yunan"), row(445381, "罗定市", "Luoding"),
};
// clang-format on

constexpr auto kNumberOf = [](Region const& r) { return r.code.number(); };
static_assert(std::ranges::adjacent_find(kRegions, std::ranges::greater_equal(), kNumberOf) == std::end(kRegions),
              "the table is searched by halves");

// Null where the code is not in the table.
Region const* rowOf(std::uint32_t code) {
  auto const found = std::ranges::lower_bound(kRegions, code, std::ranges::less(), kNumberOf);
  return found != std::end(kRegions) && found->code.number() == code ? &*found : nullptr;
}

Region const& rowOf(CityCode code) {
  Region const* const found = rowOf(code.number());
  crypto::ensure(found != nullptr, "only codes of the table exist");
  return *found;
}

}  // namespace

std::optional<CityCode> CityCode::fromNumber(std::uint32_t code) {
  Region const* const found = rowOf(code);
  return found != nullptr ? std::optional(found->code) : std::nullopt;
}

std::optional<CityCode> CityCode::parse(std::string_view text) {
  auto const code = parseDecimal(text);
  return code && text.size() == 6 ? fromNumber(static_cast<std::uint32_t>(*code)) : std::nullopt;
}

std::string CityCode::text() const {
  return std::to_string(code_);
}

std::span<Region const> regions() {
  return kRegions;
}

std::span<Region const> countiesOf(CityCode city) {
  if (!city.isCity()) return {};
  auto const counties = std::ranges::find(kRegions, city, &Region::code) + 1;
  return {counties,
          std::ranges::find_if(counties, std::end(kRegions), [&](Region const& r) { return r.code.cityOf() != city; })};
}

std::string_view cityNameZh(CityCode code) {
  return rowOf(code).nameZh;
}
std::string_view cityNameEn(CityCode code) {
  return rowOf(code).nameEn;
}

}  // namespace fundtrail::ledger::domain
