//! Tells whose work and which time a number covers, by the words before it in its sentence.

use aho_corasick::AhoCorasick;
use gongkai_domain::claim::Scope;
use std::sync::LazyLock;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// This year.
    ThisYear,
    /// Another time.
    OtherTime,
    /// The organ itself, without those under it.
    OwnLevel,
    /// More than the organ.
    Wider,
    /// 截至, 截止: other, unless the end of the year or the day of writing follows.
    Until,
    /// 以来: other, unless 今年 or the like stands before it.
    Since,
    /// 全区 and the like: wider, unless the report is that very area's.
    Area,
    /// 年 behind a number.
    Year,
    /// 月 behind a number.
    Month,
}

const MARKS: &[(&str, Mark)] = &[
    ("今年", Mark::ThisYear),
    ("本年", Mark::ThisYear),
    ("全年", Mark::ThisYear),
    ("一年来", Mark::ThisYear),
    ("年内", Mark::ThisYear),
    ("上半年", Mark::OtherTime),
    ("下半年", Mark::OtherTime),
    ("去年", Mark::OtherTime),
    ("上年", Mark::OtherTime),
    ("上一年", Mark::OtherTime),
    ("往年", Mark::OtherTime),
    ("历年", Mark::OtherTime),
    ("近年", Mark::OtherTime),
    ("两年来", Mark::OtherTime),
    ("三年来", Mark::OtherTime),
    ("五年来", Mark::OtherTime),
    ("几年来", Mark::OtherTime),
    ("多年来", Mark::OtherTime),
    ("五”期间", Mark::OtherTime),
    ("五”时期", Mark::OtherTime),
    ("五期间", Mark::OtherTime),
    ("五时期", Mark::OtherTime),
    ("近三年", Mark::OtherTime),
    ("近两年", Mark::OtherTime),
    ("近几年", Mark::OtherTime),
    ("近五年", Mark::OtherTime),
    ("一季度", Mark::OtherTime),
    ("二季度", Mark::OtherTime),
    ("三季度", Mark::OtherTime),
    ("四季度", Mark::OtherTime),
    ("截至", Mark::Until),
    ("截止", Mark::Until),
    ("以来", Mark::Since),
    ("本级", Mark::OwnLevel),
    ("本机关", Mark::OwnLevel),
    ("局机关", Mark::OwnLevel),
    ("委机关", Mark::OwnLevel),
    ("厅机关", Mark::OwnLevel),
    ("办机关", Mark::OwnLevel),
    ("各单位", Mark::Wider),
    ("各部门", Mark::Wider),
    ("各乡镇", Mark::Wider),
    ("各镇", Mark::Wider),
    ("各街道", Mark::Wider),
    ("各县", Mark::Wider),
    ("各区", Mark::Wider),
    ("各市", Mark::Wider),
    ("全系统", Mark::Wider),
    ("系统内", Mark::Wider),
    ("全国", Mark::Wider),
    ("全省", Mark::Area),
    ("全市", Mark::Area),
    ("全县", Mark::Area),
    ("全区", Mark::Area),
    ("全州", Mark::Area),
    ("全旗", Mark::Area),
    ("全镇", Mark::Area),
    ("全乡", Mark::Area),
    ("全街道", Mark::Area),
    ("年", Mark::Year),
    ("月", Mark::Month),
];

static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .build(MARKS.iter().map(|(word, _)| word))
        .expect("a few dozen short words make an automaton")
});

/// What the report is of, as far as the scope of a number depends on it.
pub(super) struct Reporter<'a> {
    /// Year reported on.
    pub year: Option<i16>,
    /// The organ's name.
    pub agency: Option<&'a str>,
}

/// The scope of a number: `sentence` are the words from the beginning of its sentence up to the
/// number, `behind` those after it; `zero` says that it is a statement of absence.
pub(super) fn scope(reporter: &Reporter, sentence: &str, behind: &str, zero: bool) -> Scope {
    if with_brought_forward(sentence, behind) {
        return Scope::WithBroughtForward;
    }
    let mut other_time = false;
    let mut width = Scope::Own;
    for hit in WORDS.find_iter(sentence) {
        let (before, after) = (&sentence[..hit.start()], &sentence[hit.end()..]);
        match MARKS[hit.pattern().as_usize()].1 {
            Mark::ThisYear => other_time = false,
            Mark::OtherTime if carried(before, after) || compared(before, after) => {}
            Mark::OtherTime => other_time = true,
            Mark::Until => other_time = !(ends_year(after, zero)),
            Mark::Since => other_time = !since_this_year(before),
            Mark::OwnLevel if after.starts_with("政府网") => {}
            Mark::OwnLevel => width = Scope::OwnLevel,
            Mark::Wider => width = Scope::Wider,
            Mark::Area if reporter.is_area(hit_kind(sentence, hit.start(), hit.end())) => {}
            Mark::Area if after.starts_with("人民") || after.starts_with("群众") => {}
            Mark::Area => width = Scope::Wider,
            Mark::Year => {
                if let Some(year) = year_before(before).filter(|_| !compared_year(before, after)) {
                    other_time = reporter.year.is_some_and(|own| own != year);
                }
            }
            Mark::Month => other_time |= part_of_year(before, after),
        }
    }
    if other_time { Scope::OtherPeriod } else { width }
}

impl Reporter<'_> {
    /// Whether the organ governs an area of this kind (县 of 全县), which its report then covers.
    fn is_area(&self, kind: &str) -> bool {
        self.agency.is_some_and(|agency| {
            let area = agency.trim_end_matches("办事处").trim_end_matches("人民政府");
            area.ends_with(kind)
        })
    }
}

fn hit_kind(sentence: &str, start: usize, end: usize) -> &str {
    sentence[start..end].trim_start_matches('全')
}

fn with_brought_forward(sentence: &str, behind: &str) -> bool {
    let said = |text: &str| {
        ["上年结转", "上年度结转", "上一年结转", "上一年度结转"].iter().any(|w| text.starts_with(w))
    };
    let opening = behind.trim_start_matches(['（', '(', '，', ',', ' ']);
    let after = ["含", "包含", "包括", "其中含"]
        .iter()
        .find_map(|word| opening.strip_prefix(word))
        .is_some_and(said);
    let itself = ["结转", "结转的", "结转申请", "结转的申请"].iter().any(|w| sentence.ends_with(w));
    let before =
        sentence.match_indices(['含', '括']).any(|(at, word)| said(&sentence[at + word.len()..]));
    after || (before && !itself)
}

fn carried(before: &str, after: &str) -> bool {
    before.ends_with("结转") || after.trim_start_matches('度').starts_with("结转")
}

/// 比上年增加: only a comparison; 比上年的50件: that number is of the other year.
fn compared(before: &str, after: &str) -> bool {
    let compares = ["比", "较", "同", "与", "和"].iter().any(|word| before.ends_with(word));
    let names_it = after.chars().count() <= 6
        && !["增", "减", "升", "降", "多", "少", "相比"].iter().any(|word| after.contains(word));
    compares && !names_it
}

fn compared_year(before: &str, after: &str) -> bool {
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
    compared(digits, after)
}

fn year_before(before: &str) -> Option<i16> {
    let digits = before.trim_end();
    let start = digits
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |at| at + digits[at..].chars().next().map_or(1, char::len_utf8));
    let year: i16 = digits[start..].parse().ok()?;
    (1990..2100).contains(&year).then_some(year)
}

fn ends_year(after: &str, zero: bool) -> bool {
    let near: String = after.chars().take(14).collect();
    near.contains("12月31日")
        || near.contains("年底")
        || near.contains("年末")
        || (zero && ["目前", "报告", "现在", "当前"].iter().any(|word| near.contains(word)))
}

fn since_this_year(before: &str) -> bool {
    ["今年", "一年", "本年", "本年度", "年初"].iter().any(|word| before.ends_with(word))
}

/// 3月, 1-6月; but neither 12月31日 nor 1月1日.
fn part_of_year(before: &str, after: &str) -> bool {
    let digits = before.trim_end();
    let named = digits.ends_with(|c: char| c.is_ascii_digit());
    let whole = (after.starts_with("31日") && digits.ends_with("12"))
        || (after.starts_with("1日") && digits.ends_with('1') && !digits.ends_with("11"));
    named && !whole
}
