//! The kinds of published items and what each asks for; declared in `data/catalogue/kinds.toml`.
//!
//! It says which limits hold, and counts no days: that needs the calendar.

mod load;

use crate::catalogue::{Sureness, Term};
use crate::metadata::MetadataField;
use crate::organ::OrganKind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The column of the platform that a kind stands in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlatformColumn {
    /// 指南.
    Guide,
    /// 制度.
    Rules,
    /// 法定主动公开内容.
    Statutory,
    /// 年报.
    AnnualReports,
    /// 工作动态: of the site beside the platform, which takes no general news.
    News,
}

impl PlatformColumn {
    /// Every column, in the order of the platform.
    pub const ALL: [Self; 5] =
        [Self::Guide, Self::Rules, Self::Statutory, Self::AnnualReports, Self::News];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Rules => "rules",
            Self::Statutory => "statutory",
            Self::AnnualReports => "annual_reports",
            Self::News => "news",
        }
    }

    /// The name people see.
    pub fn title(self) -> &'static str {
        words(&KINDS.columns, self.key())
    }
}

/// The event that a limit is counted from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// The information was made or changed.
    FormedOrChanged,
    /// The people's congress approved it.
    ApprovedByCongress,
    /// The finance department approved it.
    ApprovedByFinance,
    /// The winner of a procurement was fixed.
    WinnerFixed,
    /// The procurement contract was signed.
    ContractSigned,
    /// The decision was made.
    DecisionMade,
    /// The policy explained was published.
    PolicyPublished,
    /// A published decision was changed or quashed.
    DecisionRevoked,
    /// The year reported on ended.
    YearEnded,
}

impl Start {
    /// Every start, in the order of the data.
    pub const ALL: [Self; 9] = [
        Self::FormedOrChanged,
        Self::ApprovedByCongress,
        Self::ApprovedByFinance,
        Self::WinnerFixed,
        Self::ContractSigned,
        Self::DecisionMade,
        Self::PolicyPublished,
        Self::DecisionRevoked,
        Self::YearEnded,
    ];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::FormedOrChanged => "formed_or_changed",
            Self::ApprovedByCongress => "approved_by_congress",
            Self::ApprovedByFinance => "approved_by_finance",
            Self::WinnerFixed => "winner_fixed",
            Self::ContractSigned => "contract_signed",
            Self::DecisionMade => "decision_made",
            Self::PolicyPublished => "policy_published",
            Self::DecisionRevoked => "decision_revoked",
            Self::YearEnded => "year_ended",
        }
    }

    /// The day in words, `……之日`.
    pub fn title(self) -> &'static str {
        words(&KINDS.starts, self.key())
    }
}

fn words(terms: &'static [Term], key: &str) -> &'static str {
    let term = terms.iter().find(|term| term.key == key);
    &term.expect("every value stands in kinds.toml, which is tested").title
}

/// Which days count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayUnit {
    /// 工作日.
    Working,
    /// 自然日.
    Calendar,
}

/// How long a limit is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Span {
    /// So many days; the first is the day after the start.
    Days {
        /// How many.
        count: u16,
        /// Which days count.
        unit: DayUnit,
    },
    /// Up to and including this day of the year that follows.
    By {
        /// Month, from 1.
        month: i8,
        /// Day, from 1.
        day: i8,
    },
}

/// A limit of publication, with its source and the time it is the law.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Stable key.
    pub key: String,
    /// What it concerns.
    pub title: String,
    /// How long.
    pub span: Span,
    /// Counted from.
    pub from: Start,
    /// Whom alone it concerns; `None` means every organ.
    pub organ: Option<OrganKind>,
    /// Where it comes from.
    pub source: String,
    /// How surely it is known.
    pub sureness: Sureness,
    /// The first day it is the law.
    pub first_day: Date,
    /// The last day, where it no longer is.
    pub last_day: Option<Date>,
}

impl Limit {
    /// Whether it is the law on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.first_day <= day && self.last_day.is_none_or(|last| day <= last)
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let from = self.from.title();
        match self.span {
            Span::Days { count, unit: DayUnit::Working } => {
                write!(f, "自{from}起{count}个工作日内")
            }
            Span::Days { count, unit: DayUnit::Calendar } => write!(f, "自{from}起{count}日内"),
            Span::By { month, day } => write!(f, "次年{month}月{day}日前"),
        }
    }
}

/// Whether a policy has to be explained (政策解读).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interpretation {
    /// Always.
    Always,
    /// Where it touches people's interests, which a person decides.
    IfPublic,
    /// Not at all.
    #[default]
    Never,
}

/// A kind of published item.
#[derive(Clone, Debug)]
pub struct ItemKind {
    /// Stable key.
    pub key: String,
    /// Its name.
    pub title: String,
    /// Where it stands.
    pub column: PlatformColumn,
    /// Keys of the items of articles 20 and 21 it may serve; the first is the usual one.
    pub items: Vec<String>,
    /// Metadata to be there before publication.
    pub requires: Vec<MetadataField>,
    /// Whether it carries an index number once published.
    pub indexed: bool,
    /// Whether it has to be explained.
    pub interpretation: Interpretation,
    /// Row of table two that its numbers feed, in forms that have it.
    pub table_two: Option<String>,
    /// Whether it can be repealed or run out.
    pub repealable: bool,
    limits: Vec<Limit>,
    withdrawal: Option<Limit>,
}

impl ItemKind {
    /// Whether a field has to be filled before publication.
    pub fn requires(&self, field: MetadataField) -> bool {
        self.requires.contains(&field)
    }

    /// Every limit that was ever the law for it, special ones before the general.
    pub fn limits(&self) -> &[Limit] {
        &self.limits
    }

    /// Whether a field is asked for when an item of this kind is entered.
    pub fn asks(&self, field: MetadataField) -> bool {
        use MetadataField as F;
        let is_document = self.requires(F::DocumentNumber) || self.repealable;
        self.requires(field)
            || match field {
                F::DocumentNumber | F::Genre | F::EffectiveDate => is_document,
                F::Subject | F::Keywords | F::Description => true,
                F::LegalItem | F::Field | F::ServiceObject => {
                    self.column == PlatformColumn::Statutory
                }
                _ => false,
            }
    }

    /// The limits on a day, one for each start: the special ones, or where there were none yet
    /// the general. Empty before the first Regulation.
    pub fn limits_on(&self, day: Date) -> Vec<&Limit> {
        let holding = || self.limits.iter().filter(|limit| limit.holds_on(day));
        let special = holding().filter(|limit| !KINDS.default_limits.contains(&limit.key));
        let special: Vec<&Limit> = special.collect();
        if special.is_empty() { holding().collect() } else { special }
    }

    /// The limit for taking it back after it was changed or quashed, on a day.
    pub fn withdrawal_limit_on(&self, day: Date) -> Option<&Limit> {
        self.withdrawal.as_ref().filter(|limit| limit.holds_on(day))
    }
}

/// The kinds with what they share.
struct Kinds {
    columns: Vec<Term>,
    starts: Vec<Term>,
    default_limits: Vec<String>,
    interpretation_limit: Limit,
    kinds: Vec<ItemKind>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    load::kinds(include_str!("../../../../data/catalogue/kinds.toml"))
        .expect("data/catalogue/kinds.toml is embedded and tested")
});

/// Every kind, in the order of the data.
pub fn kinds() -> &'static [ItemKind] {
    &KINDS.kinds
}

/// One kind.
pub fn kind(key: &str) -> Option<&'static ItemKind> {
    KINDS.kinds.iter().find(|kind| kind.key == key)
}

/// The limit for explaining a policy of a kind that has to be explained, on a day.
pub fn interpretation_limit_on(day: Date) -> Option<&'static Limit> {
    Some(&KINDS.interpretation_limit).filter(|limit| limit.holds_on(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::form::{TableKind, forms};
    use jiff::civil::date;

    #[test]
    fn every_item_of_article_20_is_served_by_a_kind() {
        for item in Catalogue::official().items().iter().filter(|item| item.article() == 20) {
            let served = kinds().iter().any(|kind| kind.items.contains(&item.key));
            assert!(served, "{}", item.key);
        }
    }

    #[test]
    fn every_row_a_kind_feeds_stands_in_table_two_of_a_form() {
        let fed: Vec<&str> = kinds().iter().filter_map(|kind| kind.table_two.as_deref()).collect();
        let has = |row: &str| {
            forms().iter().any(|form| form.table(TableKind::Proactive).row(row).is_some())
        };
        assert!(fed.iter().all(|row| has(row)), "{fed:?}");
        let newest = forms().last().unwrap().table(TableKind::Proactive);
        for row in &newest.rows {
            assert!(fed.contains(&row.key.as_str()), "{}", row.key);
        }
    }

    #[test]
    fn every_word_of_the_code_stands_in_the_data_and_none_is_left_over() {
        let keys = |terms: &'static [Term]| -> Vec<&str> {
            terms.iter().map(|term| term.key.as_str()).collect()
        };
        assert_eq!(keys(&KINDS.columns), PlatformColumn::ALL.map(PlatformColumn::key));
        assert_eq!(keys(&KINDS.starts), Start::ALL.map(Start::key));
    }

    #[test]
    fn the_limit_is_the_one_of_the_day() {
        let of = |key, day| -> Vec<String> {
            let limits = kind(key).unwrap().limits_on(day);
            limits.into_iter().map(|limit| format!("{}：{limit}", limit.key)).collect()
        };
        let general = "自信息形成或者变更之日起20个工作日内";
        let cases = [
            ("notice", date(2024, 5, 1), vec![format!("publication：{general}")]),
            ("notice", date(2019, 5, 15), vec![format!("publication：{general}")]),
            ("notice", date(2019, 5, 14), vec![format!("publication_2008：{general}")]),
            ("notice", date(2008, 4, 30), vec![]),
            ("permit", date(2018, 12, 4), vec![format!("publication_2008：{general}")]),
            (
                "permit",
                date(2018, 12, 5),
                vec!["permit_or_penalty_decision：自作出决定之日起7个工作日内".to_owned()],
            ),
            (
                "annual_report",
                date(2024, 12, 31),
                vec![
                    "department_annual_report：次年1月31日前".to_owned(),
                    "government_annual_report：次年3月31日前".to_owned(),
                ],
            ),
        ];
        for (key, day, expected) in cases {
            assert_eq!(of(key, day), expected, "{key} {day}");
        }
        let two_starts = kind("procurement").unwrap().limits_on(date(2024, 1, 2));
        assert_eq!(
            two_starts.iter().map(|limit| limit.from).collect::<Vec<_>>(),
            [Start::WinnerFixed, Start::ContractSigned]
        );
    }

    #[test]
    fn a_quashed_penalty_is_taken_back_in_three_days_since_the_law_says_so() {
        let penalty = kind("penalty").unwrap();
        assert!(penalty.withdrawal_limit_on(date(2021, 7, 14)).is_none());
        let limit = penalty.withdrawal_limit_on(date(2021, 7, 15)).unwrap();
        assert_eq!(limit.span, Span::Days { count: 3, unit: DayUnit::Working });
        assert!(kind("notice").unwrap().withdrawal_limit_on(date(2024, 1, 1)).is_none());
    }

    #[test]
    fn policies_are_explained_and_news_is_not() {
        let of = |key| kind(key).unwrap().interpretation;
        assert_eq!(of("normative_document"), Interpretation::Always);
        assert_eq!(of("other_policy"), Interpretation::IfPublic);
        assert_eq!(of("work_news"), Interpretation::Never);
        let limit = interpretation_limit_on(date(2024, 1, 1)).unwrap();
        assert_eq!(limit.to_string(), "自政策文件公布之日起3个工作日内");
        assert!(kind("normative_document").unwrap().requires(MetadataField::Title));
        assert!(kind("不存在").is_none());
    }
}
