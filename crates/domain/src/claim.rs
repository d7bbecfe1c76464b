//! Claims: the numbers that the prose of a report states, and what they may be compared with.

use crate::figure::{CellKey, Place, plain};
use rust_decimal::Decimal;
use serde::Serialize;

/// How exactly the prose means its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exactness {
    /// As written.
    #[default]
    Exact,
    /// 约, 近, 左右, 上下.
    About,
    /// 余, 多, 以上, 超过: the true number is not smaller.
    AtLeast,
    /// 不足, 以下: the true number is not larger.
    AtMost,
}

/// Whose work the number covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Nothing said: the organ of the report in the year of the report.
    #[default]
    Own,
    /// 本级, 本机关, 局机关: said to be the organ itself only.
    OwnLevel,
    /// 全区, 全市, 全县, 各单位, 系统: wider than the organ.
    Wider,
    /// Part of a year, or another year: 上半年, 截至…, 去年, 自…以来.
    OtherPeriod,
    /// 含上年结转: received and brought forward together.
    WithBroughtForward,
}

/// What the words say one claim has to do with other claims, given by their position in the report.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Link {
    /// Nothing.
    #[default]
    None,
    /// A part (其中) of a total; `all` when the words name every part (其他, 其余, 分别).
    Part {
        /// The total.
        of: usize,
        /// Whether the parts are said to be all there are.
        all: bool,
    },
    /// A part that stands before its total (…，共…).
    PartBefore {
        /// The total.
        of: usize,
    },
    /// What one of several channels (网站, 微信) published of a total.
    Channel {
        /// The total.
        of: usize,
    },
    /// A share in %: `part` of `whole`.
    Share {
        /// Numerator.
        part: usize,
        /// Denominator.
        whole: usize,
    },
    /// Growth in % from one number to another; `down` when it is said to have fallen.
    GrowthFrom {
        /// The earlier number.
        previous: usize,
        /// The later number.
        current: usize,
        /// Whether it is a fall.
        down: bool,
    },
    /// Growth in % of which the words give the change and the later number.
    GrowthBy {
        /// The change.
        change: usize,
        /// The later number.
        current: usize,
        /// Whether it is a fall.
        down: bool,
    },
}

/// One number of the prose.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Claim {
    /// The words that hold the number, as they stand.
    pub text: String,
    /// What is counted, as far as the words say it.
    pub noun: String,
    /// The number, in `unit`.
    #[serde(serialize_with = "plain")]
    pub value: Decimal,
    /// 件, 条, 起, 次, 份, 项, 宗, 个, 元, 万元, 亿元, % …; empty when there is none.
    pub unit: String,
    /// How exactly it is meant.
    pub qualifier: Exactness,
    /// Whose work it covers.
    pub scope: Scope,
    /// The figure, or the figures whose sum, it states; empty when it is tied to nothing.
    pub means: Vec<CellKey>,
    /// The figures it may well state, though the words do not say so surely: only for a question.
    #[serde(skip)]
    pub beside: Vec<CellKey>,
    /// Whether `means` is only likely: the words, or the unit, leave room for another meaning.
    #[serde(skip)]
    pub likely: bool,
    /// What it has to do with other claims.
    #[serde(skip)]
    pub link: Link,
    /// Section of the report (1 to 6), where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<u8>,
    /// Where it stands.
    pub place: Place,
}
