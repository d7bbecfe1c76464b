//! The vocabularies that published items are filed by; the words only, never an item itself.
//!
//! Each entry has a stable ASCII key and its official Chinese words; facts stand in
//! `data/catalogue` with their source. Terms of one place are taken in beside, never among them.

mod load;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

pub use load::CatalogueError;
pub(crate) use load::{Entry, read, unique};

/// How surely a fact of the data is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sureness {
    /// Weak: to be looked up before anyone relies on it.
    Low,
    /// A usual value; an administrator may change it.
    #[default]
    Medium,
    /// Sure of the substance, not compared with the text.
    High,
    /// Read in the instrument itself.
    Confirmed,
}

/// The level of government that an item of article 21 concerns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Cities with districts, counties, and their departments.
    County,
    /// Townships.
    Township,
}

/// One item of what must be published unasked (条例第二十条、第二十一条).
#[derive(Clone, Debug)]
pub struct LegalItem {
    /// `20.1` … `20.15`, `21.county.…`, `21.township.…`.
    pub key: String,
    /// Name of its group on the platform.
    pub short: String,
    /// The words of the Regulation.
    pub words: String,
    /// Whom it concerns, where it is not every organ.
    pub level: Option<Level>,
    /// The instrument.
    pub source: String,
}

impl LegalItem {
    /// The article it stands in, as a figure.
    pub fn article(&self) -> u16 {
        let article = self.key.split('.').next().and_then(|digits| digits.parse().ok());
        article.expect("the loader lets in keys that begin with an article only")
    }
}

/// A class or subclass of subjects (主题分类).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// `class` or `class.subclass`; local ones begin with `local.`.
    pub key: String,
    /// Its words.
    pub title: String,
    /// Key of the class above.
    pub under: Option<String>,
}

/// The edition of a vocabulary.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// Stable key of the edition.
    pub key: String,
    /// Its name.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// How surely it is known.
    pub sureness: Sureness,
    /// The last day it was used; `None` while it is.
    pub last_day: Option<Date>,
    /// What to mind.
    #[serde(default)]
    pub note: String,
}

/// A plain term: key, words, and other words met for the same.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Stable key.
    pub key: String,
    /// Its words.
    pub title: String,
    /// Other words met for it.
    #[serde(default)]
    pub variants: Vec<String>,
}

impl Term {
    /// Whether it is meant by these words; blanks around them do not count.
    pub fn is_called(&self, words: &str) -> bool {
        let words = words.trim();
        self.title == words || self.variants.iter().any(|variant| variant == words)
    }
}

/// Where a field of the grass-roots catalogues comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldOrigin {
    /// One of the 26 fields tried first.
    Pilot,
    /// Added by a ministry since.
    Later,
    /// Added by the place itself.
    Local,
}

/// A field of the grass-roots catalogues (基层政务公开标准目录).
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key and words.
    pub term: Term,
    /// Where it comes from.
    pub origin: FieldOrigin,
    /// How surely it is known.
    pub sureness: Sureness,
}

/// How a piece of information is disclosed (公开方式).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisclosureKind {
    /// 主动公开: published unasked.
    Proactive,
    /// 依申请公开: given when asked for.
    OnRequest,
    /// 不予公开: not given.
    Withheld,
}

impl DisclosureKind {
    /// Every kind, in the order of the data.
    pub const ALL: [Self; 3] = [Self::Proactive, Self::OnRequest, Self::Withheld];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Proactive => "proactive",
            Self::OnRequest => "on_request",
            Self::Withheld => "withheld",
        }
    }

    /// The official words.
    pub fn title(self) -> &'static str {
        let kinds = &Catalogue::official().disclosure_kinds;
        let term = kinds.iter().find(|term| term.key == self.key());
        &term.expect("every kind stands in disclosure.toml, which is tested").title
    }
}

/// Whether the law leaves a choice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// It must not be published.
    Must,
    /// It may be left unpublished.
    May,
}

/// A ground for not publishing something unasked.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Stable key.
    pub key: String,
    /// Its words.
    pub title: String,
    /// The kinds of disclosure that it can explain.
    pub kinds: Vec<DisclosureKind>,
    /// The article.
    pub article: String,
    /// The instrument.
    pub source: String,
    /// Whether the law leaves a choice.
    pub rule: Rule,
    /// What has to be written down besides; empty when nothing.
    pub explain: String,
    /// Row of table three for an answer on this ground.
    pub report_row: Option<String>,
    /// How surely it is known.
    pub sureness: Sureness,
}

/// Validity of a document (有效性).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// 有效.
    InForce,
    /// 已修改: changed by a later document, and still in force.
    Amended,
    /// 失效: ran out.
    Expired,
    /// 废止: repealed.
    Repealed,
    /// 尚未施行.
    NotYetInForce,
}

impl Validity {
    /// Every value, in the order of the data.
    pub const ALL: [Self; 5] =
        [Self::InForce, Self::Amended, Self::Expired, Self::Repealed, Self::NotYetInForce];

    /// The stable key.
    pub fn key(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::Amended => "amended",
            Self::Expired => "expired",
            Self::Repealed => "repealed",
            Self::NotYetInForce => "not_yet_in_force",
        }
    }

    /// The words of the metadata box.
    pub fn title(self) -> &'static str {
        &self.entry().0.title
    }

    /// Whether people are bound by a document in this state.
    pub fn binds(self) -> bool {
        self.entry().1
    }

    /// The value that these words mean, variants included.
    pub fn called(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.entry().0.is_called(words))
    }

    fn entry(self) -> &'static (Term, bool) {
        let validities = &Catalogue::official().validities;
        let entry = validities.iter().find(|(term, _)| term.key == self.key());
        entry.expect("every value stands in validity.toml, which is tested")
    }
}

/// The vocabularies: the official ones, and perhaps the terms of a place beside them.
#[derive(Clone, Debug)]
pub struct Catalogue {
    items: Vec<LegalItem>,
    subject_version: Version,
    subjects: Vec<Subject>,
    genres: Vec<Term>,
    fields: Vec<Field>,
    disclosure_kinds: Vec<Term>,
    reasons: Vec<Reason>,
    validities: Vec<(Term, bool)>,
}

static OFFICIAL: LazyLock<Catalogue> =
    LazyLock::new(|| load::official().expect("data/catalogue is embedded and tested"));

impl Catalogue {
    /// The official vocabularies, without any local term.
    pub fn official() -> &'static Self {
        &OFFICIAL
    }

    /// The same with the terms of a place beside; `file` is the name used in the error.
    ///
    /// `[[subject]]` (`key`, `title`, `under`), `[[genre]]` and `[[field]]` (`key`, `title`,
    /// `variants`); every key begins with `local.`, so that no later official term meets it.
    ///
    /// # Errors
    /// When the text is no such file, a key stands twice or does not begin with `local.`, or a
    /// subject stands under a class that is not there.
    pub fn with_local(&self, file: &str, text: &str) -> Result<Self, CatalogueError> {
        load::with_local(self.clone(), file, text)
    }

    /// The items of articles 20 and 21, in the order of the Regulation.
    pub fn items(&self) -> &[LegalItem] {
        &self.items
    }

    /// One item of articles 20 and 21.
    pub fn item(&self, key: &str) -> Option<&LegalItem> {
        self.items.iter().find(|item| item.key == key)
    }

    /// Which edition of the subject classes this is.
    pub fn subject_version(&self) -> &Version {
        &self.subject_version
    }

    /// Classes, each followed by its subclasses; local ones at the end.
    pub fn subjects(&self) -> &[Subject] {
        &self.subjects
    }

    /// The keys of a class and of those within it; a key that is not known stands alone.
    pub fn subjects_within(&self, key: &str) -> Vec<String> {
        let within = self.subjects.iter().filter(|each| each.under.as_deref() == Some(key));
        std::iter::once(key)
            .chain(within.map(|each| each.key.as_str()))
            .map(str::to_owned)
            .collect()
    }

    /// One class or subclass.
    pub fn subject(&self, key: &str) -> Option<&Subject> {
        self.subjects.iter().find(|subject| subject.key == key)
    }

    /// A subject as metadata boxes write it, `类\子类`.
    pub fn subject_path(&self, key: &str) -> Option<String> {
        let subject = self.subject(key)?;
        let above = subject.under.as_deref().and_then(|under| self.subject(under));
        Some(above.map_or_else(
            || subject.title.clone(),
            |above| format!("{}\\{}", above.title, subject.title),
        ))
    }

    /// Kinds of official documents (公文种类).
    pub fn genres(&self) -> &[Term] {
        &self.genres
    }

    /// One kind of official document.
    pub fn genre(&self, key: &str) -> Option<&Term> {
        self.genres.iter().find(|genre| genre.key == key)
    }

    /// Fields of the grass-roots catalogues.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// One field.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.term.key == key)
    }

    /// Grounds for not publishing, of every kind.
    pub fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    /// The grounds that can explain one kind of disclosure; none for what is published.
    pub fn reasons_for(&self, kind: DisclosureKind) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(move |reason| reason.kinds.contains(&kind))
    }

    /// One ground.
    pub fn reason(&self, key: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.key == key)
    }
}
