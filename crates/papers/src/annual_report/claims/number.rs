//! Finds amounts in a paragraph: a number with its unit and how exactly it is meant. Years, dates,
//! document numbers, ordinals, ranges and idioms are no amounts.

use super::rules::rules;
use gongkai_domain::claim::Exactness;
use rust_decimal::Decimal;

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    /// Where the number begins, in bytes.
    pub start: usize,
    /// Where unit and qualifier behind it end, in bytes.
    pub end: usize,
    /// The number, in `unit`.
    pub value: Decimal,
    /// Empty when there is none.
    pub unit: &'static str,
    /// How exactly it is meant.
    pub qualifier: Exactness,
}

/// No annual report counts so many; longer runs of digits are numbers of something.
const LARGEST: u64 = 1_000_000_000_000_000;

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Digits,
    Chinese,
}

/// Units with what must not follow them; longer ones first. The third says whether a Chinese
/// numeral may stand before it.
const UNITS: &[(&str, &[&str], bool)] = &[
    ("个百分点", &[], true),
    ("百分点", &[], true),
    ("万元", &[], true),
    ("亿元", &[], true),
    ("人次", &["数"], true),
    ("件次", &["数"], true),
    ("条次", &["数"], true),
    ("家次", &["数"], true),
    ("户次", &["数"], true),
    ("批次", &["数"], true),
    ("场次", &["数"], true),
    ("件", &["套"], true),
    ("条", &["例", "款", "目", "件", "文"], true),
    ("起", &["来", "草", "始", "点", "源", "步"], true),
    ("次", &["数", "日", "年", "要", "序"], true),
    ("份", &["额"], true),
    ("项", &["目"], true),
    ("宗", &["旨", "教"], true),
    ("篇", &["章", "幅"], true),
    ("期", &["间", "限", "待", "末", "刊"], true),
    ("场", &["所", "馆", "景", "地"], true),
    ("例", &["如", "行", "会"], true),
    (
        "个",
        &[
            "月",
            "多月",
            "半月",
            "工作日",
            "小时",
            "多小时",
            "自然日",
            "年",
            "季度",
            "星期",
            "周",
            "日",
            "学期",
            "分钟",
        ],
        true,
    ),
    ("元", &["旦", "宵", "月", "素", "首"], true),
    ("人", &["民", "员", "大", "社", "才"], false),
    ("名", &["单", "称", "录", "义"], false),
    ("家", &["庭", "长"], true),
    ("台", &["账", "帐"], false),
    ("部", &["门", "分", "署", "委"], false),
    ("户", &["籍", "口"], false),
    ("批", &["复", "准", "示", "评"], true),
    ("类", &["别", "型"], false),
    ("种", &[], false),
    ("张", &[], false),
    ("块", &[], false),
    ("辆", &[], false),
    ("幅", &["度"], false),
    ("册", &[], false),
    ("%", &[], false),
    ("％", &[], false),
];

/// Words right before a number without a unit that make it a count all the same.
const COUNTING: &[&str] = &[
    "收到",
    "受理",
    "办理",
    "办结",
    "答复",
    "共",
    "共计",
    "合计",
    "总计",
    "累计",
    "数量为",
    "数为",
    "量为",
    "量达",
    "数达",
];

/// Words before 一 or 二 that make it a count; elsewhere 一 is an article and 二 an ordinal.
const BEFORE_ONE: &[&str] = &[
    "申请",
    "复议",
    "诉讼",
    "案件",
    "投诉",
    "收到",
    "受理",
    "新收",
    "接到",
    "办结",
    "答复",
    "收到了",
    "受理了",
    "接到了",
    "公开",
];

/// Words before 三期 and the like that make it a count; elsewhere it is an ordinal.
const BEFORE_ISSUES: &[&str] =
    &["了", "编发", "编印", "刊发", "播出", "举办", "开展", "录制", "发布", "制作", "推出", "共"];

/// Every amount of a paragraph, in order.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut after_ordinal = false;
    while let Some(start) = next_number(text, from) {
        let gap = &text[from..start];
        let run = Run::read(text, start);
        let ordinal = gap.trim_end().ends_with('第') || (after_ordinal && joins(gap));
        after_ordinal = ordinal;
        from = run.end;
        if ordinal || run.value.is_none() {
            continue;
        }
        if let Some(skipped) = range_end(text, run.end) {
            from = skipped;
            continue;
        }
        if let Some(amount) = amount(text, start, &run) {
            from = amount.end;
            match range_end(text, amount.end) {
                Some(skipped) => from = skipped,
                None => found.push(amount),
            }
        }
    }
    found
}

/// Whether what stands between two numbers only lists articles: 第二十条、二十一条.
fn joins(gap: &str) -> bool {
    gap.chars().count() <= 4 && gap.chars().all(|c| "条款项、和至及,， ".contains(c))
}

fn next_number(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b'0'..=b'9' => return Some(at),
            // Chinese numerals stand in U+3007 and U+4E00 to U+96F6: three bytes in UTF-8.
            0xe3..=0xe9 => {
                let character = text[at..].chars().next()?;
                if is_numeral(character) {
                    return Some(at);
                }
                at += character.len_utf8();
            }
            _ => at += 1,
        }
    }
    None
}

fn is_numeral(character: char) -> bool {
    numeral(character).is_some() || place_value(character).is_some()
}

fn numeral(character: char) -> Option<u32> {
    let value = match character {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(value)
}

fn place_value(character: char) -> Option<u32> {
    match character {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// A run of digits or of Chinese numerals below ten thousand.
struct Run {
    end: usize,
    value: Option<Decimal>,
    script: Script,
}

impl Run {
    fn read(text: &str, start: usize) -> Self {
        if text.as_bytes()[start].is_ascii_digit() {
            Self::digits(text, start)
        } else {
            Self::chinese(text, start)
        }
    }

    /// Digits with thousands separators and a decimal point. Dates, times, versions and ranges
    /// written with signs have no value.
    fn digits(text: &str, start: usize) -> Self {
        let bytes = text.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let digits_end = |mut at: usize| {
            while is_digit(at) {
                at += 1;
            }
            at
        };
        let mut end = digits_end(start);
        let mut plain = end - start <= 15;
        let (mut points, mut grouped) = (0, false);
        let glued = text[..start].chars().next_back();
        plain &= !glued.is_some_and(|c| c.is_ascii_alphabetic() || "-_/@#+.".contains(c));
        while let Some(sign) = bytes.get(end) {
            let next = digits_end(end + 1);
            match sign {
                b',' if next == end + 4 && points == 0 && (grouped || end - start <= 3) => {
                    grouped = true
                }
                b'.' if is_digit(end + 1) => points += 1,
                b':' | b'/' | b'-' if is_digit(end + 1) => plain = false,
                _ => break,
            }
            end = next;
        }
        plain &= points <= 1;
        let written: String = text[start..end].chars().filter(|c| *c != ',').collect();
        let value = plain.then(|| written.parse().ok()).flatten();
        Self { end, value, script: Script::Digits }
    }

    fn chinese(text: &str, start: usize) -> Self {
        let run: Vec<char> = text[start..].chars().take_while(|c| is_numeral(*c)).collect();
        let end = start + run.iter().map(|c| c.len_utf8()).sum::<usize>();
        Self { end, value: chinese_value(&run).map(Decimal::from), script: Script::Chinese }
    }
}

/// 一百二十三 is 123; 三四, 二〇二〇 and a lone 零 are no counts.
fn chinese_value(run: &[char]) -> Option<u32> {
    let (mut sum, mut digit, mut last_place) = (0, None, u32::MAX);
    for &character in run {
        match (numeral(character), place_value(character)) {
            (Some(0), _) if digit.is_none() && last_place < u32::MAX => {}
            (Some(value), _) if digit.is_none() && 0 < value => digit = Some(value),
            (_, Some(place)) if place < last_place => {
                let times = digit.take().or((last_place == u32::MAX).then_some(1))?;
                sum += times * place;
                last_place = place;
            }
            _ => return None,
        }
    }
    match digit {
        // 一百五 is 150, but hardly ever written so here; 十五, 一百零五 are plain.
        Some(value) => Some(sum + value),
        None => (0 < sum).then_some(sum),
    }
}

/// Where a range that goes on here (至, 到 or a dash with a number behind) ends.
fn range_end(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].trim_start();
    let sign = rest.chars().next().filter(|c| "至到~～—–-－".contains(*c))?;
    let second = rest.trim_start_matches(sign).trim_start();
    let start = text.len() - second.len();
    let first = second.chars().next()?;
    (first.is_ascii_digit() || is_numeral(first)).then(|| Run::read(text, start).end)
}

fn amount(text: &str, start: usize, run: &Run) -> Option<Amount> {
    let before = text[..start].trim_end();
    let value = run.value?;
    let chinese = run.script == Script::Chinese;
    if chinese && is_idiom(text, start) {
        return None;
    }
    if chinese && before.ends_with("百分之") {
        return Some(Amount { start, end: run.end, value, unit: "%", qualifier: Exactness::Exact });
    }
    let size = Size::read(text, run.end);
    let rest = text[size.end..].trim_start();
    let (unit, mut end, scale) = match unit_behind(rest, &size) {
        Some(unit) => {
            let may = unit.may_follow_chinese
                && !size.goes_on
                && counts(before, &text[start..run.end], unit.name, size.more);
            if chinese && !may {
                return None;
            }
            (unit.name, text.len() - rest.len() + unit.length, unit.scale)
        }
        None if !chinese && counts_alone(before, rest) => ("", size.end, size.scale()),
        None => return None,
    };
    let behind = exactness_behind(text, &mut end);
    let qualifier = match size.more {
        true => Exactness::AtLeast,
        false => behind.or_else(|| exactness_before(before)).unwrap_or_default(),
    };
    let value = value.checked_mul(Decimal::from(scale)).filter(|value| *value < LARGEST.into())?;
    Some(Amount { start, end, value, unit, qualifier })
}

/// What stands between the digits and the unit: 余, 千, 万.
struct Size {
    end: usize,
    small: u32,
    large: Option<(&'static str, u32)>,
    more: bool,
    /// Whether a numeral follows 万: 一万二千 is too rare to be worth a wrong number.
    goes_on: bool,
}

impl Size {
    fn read(text: &str, mut end: usize) -> Self {
        let mut more = take(text, &mut end, &["余", "多"]).is_some();
        let mut small = 1;
        if let Some(power) = take_power(text, &mut end) {
            small = power;
        }
        let large = match take(text, &mut end, &["万", "亿"]) {
            Some("万") => Some(("万元", 10_000)),
            Some(_) => Some(("亿元", 100_000_000)),
            None => None,
        };
        more |= take(text, &mut end, &["余", "多"]).is_some();
        let goes_on = text[end..].chars().next().is_some_and(is_numeral);
        Self { end, small, large, more, goes_on }
    }

    fn scale(&self) -> u64 {
        u64::from(self.small) * u64::from(self.large.map_or(1, |(_, times)| times))
    }
}

/// A unit where it stands.
struct Unit {
    name: &'static str,
    length: usize,
    scale: u64,
    may_follow_chinese: bool,
}

/// The unit at the beginning of `rest`. 万 before 元 belongs to the unit, before others to the
/// number.
fn unit_behind(rest: &str, size: &Size) -> Option<Unit> {
    if let Some((name, _)) = size.large.filter(|_| rest.starts_with('元')) {
        let scale = u64::from(size.small);
        return Some(Unit { name, length: "元".len(), scale, may_follow_chinese: true });
    }
    let (written, forbidden, may_follow_chinese) =
        UNITS.iter().find(|(unit, _, _)| rest.starts_with(unit)).copied()?;
    let follows = rest[written.len()..].trim_start();
    if forbidden.iter().any(|word| follows.starts_with(word)) {
        return None;
    }
    let name = match written {
        "个百分点" => "百分点",
        "％" => "%",
        _ => written,
    };
    Some(Unit { name, length: written.len(), scale: size.scale(), may_follow_chinese })
}

/// Takes one of the words, with blanks before it, if it stands here.
fn take<'a>(text: &str, at: &mut usize, words: &[&'a str]) -> Option<&'a str> {
    let rest = text[*at..].trim_start();
    let word = words.iter().find(|word| rest.starts_with(**word))?;
    *at = text.len() - rest.len() + word.len();
    Some(word)
}

/// 3千, 2百: a power of ten behind digits.
fn take_power(text: &str, at: &mut usize) -> Option<u32> {
    match take(text, at, &["百分", "百", "千"])? {
        "百" => Some(100),
        "千" => Some(1000),
        _ => {
            *at -= "百分".len(); // 百分点 is a unit
            None
        }
    }
}

/// Whether a Chinese numeral with this unit is a count and no article, ordinal or idiom.
fn counts(before: &str, written: &str, unit: &str, more: bool) -> bool {
    let preceded = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if preceded(&["第", "数", "几", "好", "上", "成", "每", "逐", "同", "某"]) {
        return false;
    }
    match (written, unit) {
        ("一" | "二", _) => preceded(BEFORE_ONE),
        ("百" | "千", _) => more,
        (_, "期") => preceded(BEFORE_ISSUES),
        _ => true,
    }
}

fn counts_alone(before: &str, rest: &str) -> bool {
    let ends = rest.chars().next().is_none_or(|c| "，,。；;、）)".contains(c));
    ends && COUNTING.iter().any(|word| before.ends_with(word))
}

fn is_idiom(text: &str, start: usize) -> bool {
    let window = 24;
    let mut from = start.saturating_sub(window);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = (start + window).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    rules().idioms.find_overlapping_iter(&text[from..to]).any(|hit| {
        let at = start - from;
        hit.start() <= at && at < hit.end()
    })
}

fn exactness_before(before: &str) -> Option<Exactness> {
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if ends(&["不足", "不到", "少于", "不超过", "至多"]) && !ends(&["不少于"]) {
        return Some(Exactness::AtMost);
    }
    if ends(&["超过", "超", "逾", "突破", "不少于", "不低于", "至少"]) {
        return Some(Exactness::AtLeast);
    }
    let nearly = ends(&["约", "近", "大概", "接近"]) && !ends(&["最近", "附近", "节约", "合约"]);
    nearly.then_some(Exactness::About)
}

fn exactness_behind(text: &str, end: &mut usize) -> Option<Exactness> {
    match take(text, end, &["以上", "之多", "左右", "上下", "以下", "以内"])? {
        "以上" | "之多" => Some(Exactness::AtLeast),
        "左右" | "上下" => Some(Exactness::About),
        _ => Some(Exactness::AtMost),
    }
}
