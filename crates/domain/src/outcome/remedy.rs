//! What can be done against an answer: the text that follows its bases and its date; nothing is sent.

use super::{BasisKey, load};
use crate::organ::{Organ, OrganKind};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a remedy is against.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// A decision not to disclose (条例 14, 15, 16).
    Withheld,
    /// Any other answer.
    Other,
    /// No answer in time.
    Silence,
    /// A decision to disclose over the objection of a third party (条例 15, 32).
    Objection,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemedyEntry {
    key: String,
    against: Vec<Against>,
    instrument: String,
    articles: Vec<String>,
    from: Option<Date>,
    until: Option<Date>,
    review_days: u16,
    suit_months: Option<u16>,
    suit_days_after_review: Option<u16>,
    text: String,
    internet: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BodyEntry {
    of: String,
    from: Option<Date>,
    until: Option<Date>,
    text: String,
}

/// A remedy with its limits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remedy {
    /// The stable key: `either` (复议或者诉讼), `review_first` (复议前置).
    pub key: &'static str,
    /// What it is against.
    pub against: Against,
    /// Calendar days to ask for reconsideration.
    pub review_days: u16,
    /// Months to sue at once, where that is open.
    pub suit_months: Option<u16>,
    /// Days to sue after the reconsideration, where that comes first.
    pub suit_days_after_review: Option<u16>,
    /// The articles.
    pub articles: &'static [String],
    text: &'static str,
    internet: Option<&'static str>,
    is_part: bool,
}

/// Who the text names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Names<'a> {
    /// The reviewing body.
    pub body: &'a str,
    /// The court.
    pub court: &'a str,
    /// The internet channel for reconsideration; `None` where the answer is not served by internet.
    pub internet: Option<&'a str>,
}

fn is_in_force(entry: &RemedyEntry, on: Date) -> bool {
    let instrument = crate::law::instrument(&entry.instrument)
        .expect("data/outcomes names instruments of data/law; tested");
    let until = entry.until.or(instrument.until);
    entry.from.unwrap_or(instrument.from) <= on && until.is_none_or(|until| on <= until)
}

fn find(against: Against, on: Date) -> Option<Remedy> {
    let fits = |each: &&RemedyEntry| each.against.contains(&against) && is_in_force(each, on);
    let entry = load::remedies().remedy.iter().find(fits)?;
    Some(Remedy {
        key: &entry.key,
        against,
        review_days: entry.review_days,
        suit_months: entry.suit_months,
        suit_days_after_review: entry.suit_days_after_review,
        articles: &entry.articles,
        text: &entry.text,
        internet: entry.internet.as_deref(),
        is_part: false,
    })
}

/// The remedies against an answer of this day that rests on these bases; `None` stands for a part
/// that rests on no article of its own. 行政复议法 23, 法释〔2025〕8号: the basis decides, never the row.
///
/// Where one remedy holds for the whole answer there is one; where they differ, that against what is
/// withheld comes first.
pub fn remedies(bases: &[Option<BasisKey>], on: Date) -> Vec<Remedy> {
    let withholds = |basis: &Option<BasisKey>| basis.is_some_and(|key| key.basis().withholds);
    let withheld = bases.iter().any(withholds).then(|| find(Against::Withheld, on)).flatten();
    let other = bases.iter().any(|basis| !withholds(basis));
    let other = other.then(|| find(Against::Other, on)).flatten();
    match (withheld, other) {
        (Some(withheld), Some(other)) if withheld.key == other.key => {
            vec![Remedy { against: Against::Other, ..withheld }]
        }
        (Some(withheld), Some(other)) => {
            vec![Remedy { is_part: true, ..withheld }, Remedy { is_part: true, ..other }]
        }
        (withheld, other) => withheld.into_iter().chain(other).collect(),
    }
}

/// The remedy against no answer in time.
///
/// Whether reconsideration comes first is open (行政复议法 23(1)(3) against 法释〔2025〕8号 第二条); the
/// table holds the default, and `review_first` being false takes the other.
pub fn silence(review_first: bool, on: Date) -> Option<Remedy> {
    let against = if review_first { Against::Silence } else { Against::Other };
    find(against, on).map(|remedy| Remedy { against: Against::Silence, ..remedy })
}

/// What a third party can do against a decision of this day to disclose over its objection: nothing
/// is withheld, so that it may sue at once.
pub fn objection(on: Date) -> Option<Remedy> {
    find(Against::Other, on).map(|remedy| Remedy { against: Against::Objection, ..remedy })
}

impl Remedy {
    /// The text with its blanks filled.
    pub fn text(&self, names: &Names<'_>) -> String {
        let what = match (self.against, self.is_part) {
            (Against::Withheld, true) => "本告知书中不予公开的决定",
            (Against::Other, true) => "本告知书中的其他答复",
            (Against::Withheld, false) => "本不予公开决定",
            (Against::Other, false) => "本答复",
            (Against::Silence, _) => "逾期不答复的行为",
            (Against::Objection, _) => "本决定",
        };
        let number = |value: Option<u16>| value.map(|each| each.to_string()).unwrap_or_default();
        let mut text = self
            .text
            .replace("{what}", what)
            .replace("{review_days}", &self.review_days.to_string())
            .replace("{suit_months}", &number(self.suit_months))
            .replace("{suit_days_after_review}", &number(self.suit_days_after_review))
            .replace("{body}", names.body)
            .replace("{court}", names.court);
        if let (Some(more), Some(address)) = (self.internet, names.internet) {
            text.push_str(&more.replace("{internet}", address));
        }
        text
    }
}

/// Who reviews what an organ decided on a day (行政复议法 24, 25). `lineage` is the organ and the
/// organs above it, the nearest first. `None` where the tree does not say: it is to be filled in.
pub fn reviewing_body(lineage: &[&Organ], on: Date) -> Option<String> {
    let (organ, above) = lineage.split_first()?;
    let governs = |each: &&&Organ| each.kind == OrganKind::Government;
    let government = above.iter().find(governs)?.name_on(on);
    let of = match organ.kind {
        OrganKind::Government | OrganKind::Township => "government",
        OrganKind::Department | OrganKind::Institution => "department",
    };
    let holds = |each: &&BodyEntry| {
        each.of == of
            && each.from.is_none_or(|from| from <= on)
            && each.until.is_none_or(|until| on <= until)
    };
    let entry = load::remedies().body.iter().find(holds)?;
    Some(entry.text.replace("{government}", government).replace("{above}", government))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_third_party_that_objected_may_sue_at_once_against_the_decision_to_disclose() {
        let names =
            Names { body: "某县人民政府", court: "某县人民法院", internet: None };
        let remedy = objection(date(2025, 3, 10)).expect("there is one");
        assert_eq!((remedy.key, remedy.suit_months), ("either", Some(6)));
        assert!(remedy.text(&names).starts_with("如不服本决定，可以"), "{}", remedy.text(&names));
    }

    fn bases(keys: &[&str]) -> Vec<Option<BasisKey>> {
        keys.iter().map(|key| BasisKey::of(key)).collect()
    }

    fn keys(of: &[&str], on: Date) -> Vec<&'static str> {
        remedies(&bases(of), on).iter().map(|each| each.key).collect()
    }

    const NAMES: Names<'_> =
        Names {
            body: "甲县人民政府", court: "甲县人民法院", internet: Some("https://x")
        };

    #[test]
    fn the_remedy_follows_the_basis_and_the_date() {
        let (before, after) = (date(2023, 12, 31), date(2024, 1, 1));
        for withheld in ["ogi-14", "ogi-15", "ogi-32", "ogi-16-1", "ogi-16-2"] {
            assert_eq!(keys(&[withheld], before), ["either"], "{withheld}");
            assert_eq!(keys(&[withheld], after), ["review_first"], "{withheld}");
        }
        for other in ["ogi-36-7", "ogi-36-4", "ogi-38", "ogi-39-1", "ogi-36-6", "ogi-36-2"] {
            assert_eq!(keys(&[other], before), ["either"], "{other}");
            assert_eq!(keys(&[other], after), ["either"], "{other}");
        }
        assert_eq!(keys(&["ogi-36-2", "ogi-16-2"], after), ["review_first", "either"]);
        assert_eq!(keys(&["ogi-36-2", "ogi-16-2"], before), ["either"]);
        assert_eq!(remedies(&[None], after)[0].key, "either");
        assert_eq!(remedies(&[], after), []);
    }

    #[test]
    fn reconsideration_first_is_said_with_both_limits_and_the_internet_channel() {
        let text = remedies(&bases(&["ogi-14"]), date(2025, 3, 3))[0].text(&NAMES);
        for said in
            ["应当", "60日内先向甲县人民政府申请行政复议", "15日内向甲县人民法院", "https://x"]
        {
            assert!(text.contains(said), "{text}");
        }
        assert!(!text.contains('{'), "{text}");
    }

    #[test]
    fn the_older_text_offers_both_and_no_internet_channel() {
        let text = remedies(&bases(&["ogi-14"]), date(2022, 3, 3))[0].text(&NAMES);
        assert!(text.contains("6个月") && !text.contains("先向"), "{text}");
        assert!(!text.contains("https") && !text.contains('{'), "{text}");
    }

    #[test]
    fn a_mixed_answer_says_which_remedy_is_for_what() {
        let both = remedies(&bases(&["ogi-36-2", "ogi-15"]), date(2025, 3, 3));
        let texts: Vec<_> = both.iter().map(|each| each.text(&NAMES)).collect();
        assert!(texts[0].contains("不予公开的决定") && texts[1].contains("其他答复"), "{texts:?}");
    }

    #[test]
    fn silence_goes_to_reconsideration_first_unless_set_otherwise() {
        let key = |first, on| silence(first, on).map(|each| each.key);
        assert_eq!(key(true, date(2025, 3, 3)), Some("review_first"));
        assert_eq!(key(false, date(2025, 3, 3)), Some("either"));
        assert_eq!(key(true, date(2022, 3, 3)), Some("either"));
    }

    fn organ(id: &str, kind: OrganKind, name: &str) -> Organ {
        Organ {
            id: id.parse().expect("an id"),
            parent: None,
            kind,
            name: name.to_owned(),
            short_name: name.to_owned(),
            code: String::new(),
            order: 1,
            contact: crate::organ::Contact::default(),
            former_names: Vec::new(),
            merged_into: None,
        }
    }

    #[test]
    fn the_reviewing_body_is_the_government_and_once_the_department_above_too() {
        let county = organ("county", OrganKind::Government, "甲县人民政府");
        let bureau = organ("bureau", OrganKind::Department, "甲县某局");
        let town = organ("town", OrganKind::Township, "甲县某镇人民政府");
        let of = |organ, on| reviewing_body(&[organ, &county], on);
        assert_eq!(of(&bureau, date(2025, 3, 3)).as_deref(), Some("甲县人民政府"));
        assert_eq!(
            of(&bureau, date(2022, 3, 3)).as_deref(),
            Some("甲县人民政府或者上一级主管部门")
        );
        assert_eq!(of(&town, date(2025, 3, 3)).as_deref(), Some("甲县人民政府"));
        assert_eq!(reviewing_body(&[&county], date(2025, 3, 3)), None);
    }
}
