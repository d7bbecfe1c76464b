//! Reads the vocabularies of `data/catalogue` and of a place; refuses what stands there twice.

use super::{
    Catalogue, DisclosureKind, Field, FieldOrigin, LegalItem, Level, Reason, Rule, Subject,
    Sureness, Term, Version,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashSet;
use thiserror::Error;

/// Why a file of vocabulary cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum CatalogueError {
    /// The text is no such file.
    #[error("{file} 不能读取：{why}；请按说明改正格式后重试")]
    Unreadable {
        /// Which file.
        file: String,
        /// What the reader says.
        why: String,
    },
    /// A key stands twice.
    #[error("{file} 中键名“{key}”重复；请删去其中一条，或者换一个键名")]
    Duplicate {
        /// Which file.
        file: String,
        /// Which key.
        key: String,
    },
    /// A key is not made as keys are.
    #[error("{file} 中键名“{key}”不合要求：{rule}")]
    BadKey {
        /// Which file.
        file: String,
        /// Which key.
        key: String,
        /// How keys are made.
        rule: &'static str,
    },
    /// An entry names another that is not there.
    #[error("{file} 中“{key}”引用的“{missing}”不存在；请核对键名")]
    Unknown {
        /// Which file.
        file: String,
        /// Which entry.
        key: String,
        /// What it names.
        missing: String,
    },
    /// An entry has no words.
    #[error("{file} 中“{key}”没有名称；请补上")]
    Nameless {
        /// Which file.
        file: String,
        /// Which entry.
        key: String,
    },
}

#[derive(Deserialize)]
struct ItemFile {
    source: String,
    item: Vec<ItemEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemEntry {
    key: String,
    short: String,
    words: String,
    level: Option<Level>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SubjectFile {
    version: Version,
    class: Vec<ClassEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry {
    key: String,
    title: String,
    #[serde(default)]
    subclass: Vec<Term>,
}

#[derive(Deserialize)]
struct GenreFile {
    genre: Vec<Term>,
}

#[derive(Deserialize)]
struct FieldFile {
    field: Vec<FieldEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    key: String,
    title: String,
    #[serde(default)]
    variants: Vec<String>,
    origin: FieldOrigin,
    sureness: Sureness,
}

#[derive(Deserialize)]
struct DisclosureFile {
    source: String,
    sureness: Sureness,
    kind: Vec<Term>,
    reason: Vec<ReasonEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonEntry {
    key: String,
    title: String,
    kinds: Vec<DisclosureKind>,
    article: String,
    rule: Rule,
    #[serde(default)]
    explain: String,
    report_row: Option<String>,
    sureness: Option<Sureness>,
}

#[derive(Deserialize)]
struct ValidityFile {
    validity: Vec<ValidityEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValidityEntry {
    key: String,
    title: String,
    #[serde(default)]
    variants: Vec<String>,
    binds: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalFile {
    #[serde(default)]
    subject: Vec<LocalSubject>,
    #[serde(default)]
    genre: Vec<Term>,
    #[serde(default)]
    field: Vec<Term>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalSubject {
    key: String,
    title: String,
    under: Option<String>,
}

/// What every entry of a file has.
pub(crate) trait Entry {
    /// Its key.
    fn key(&self) -> &str;
    /// Its words.
    fn words(&self) -> &str;
}

macro_rules! entries {
    ($($kind:ty => $words:ident),+ $(,)?) => {
        $(impl Entry for $kind {
            fn key(&self) -> &str { &self.key }
            fn words(&self) -> &str { &self.$words }
        })+
    };
}

entries! {
    LegalItem => words, Subject => title, Term => title, Reason => title,
}

impl Entry for Field {
    fn key(&self) -> &str {
        &self.term.key
    }
    fn words(&self) -> &str {
        &self.term.title
    }
}

impl Entry for (Term, bool) {
    fn key(&self) -> &str {
        &self.0.key
    }
    fn words(&self) -> &str {
        &self.0.title
    }
}

/// Reads one file.
pub(crate) fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, CatalogueError> {
    toml::from_str(text).map_err(|error| CatalogueError::Unreadable {
        file: file.to_owned(),
        why: error.to_string().trim().to_owned(),
    })
}

/// Lets entries in whose keys are ASCII, named and each there once.
pub(crate) fn unique<T: Entry>(file: &str, entries: Vec<T>) -> Result<Vec<T>, CatalogueError> {
    const RULE: &str = "键名只用小写英文字母、数字、下划线和点";
    let mut seen = HashSet::new();
    for entry in &entries {
        let (file, key) = (file.to_owned(), entry.key().to_owned());
        let plain = |letter: char| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || "_.".contains(letter)
        };
        if key.is_empty() || !key.chars().all(plain) {
            return Err(CatalogueError::BadKey { file, key, rule: RULE });
        }
        if entry.words().trim().is_empty() {
            return Err(CatalogueError::Nameless { file, key });
        }
        if !seen.insert(key.clone()) {
            return Err(CatalogueError::Duplicate { file, key });
        }
    }
    Ok(entries)
}

/// The embedded files.
pub(super) fn official() -> Result<Catalogue, CatalogueError> {
    let (subject_version, subjects) =
        subjects("subjects.toml", include_str!("../../../../data/catalogue/subjects.toml"))?;
    let (disclosure_kinds, reasons) =
        disclosure("disclosure.toml", include_str!("../../../../data/catalogue/disclosure.toml"))?;
    let genres: GenreFile =
        read("genres.toml", include_str!("../../../../data/catalogue/genres.toml"))?;
    Ok(Catalogue {
        items: items("items.toml", include_str!("../../../../data/catalogue/items.toml"))?,
        subject_version,
        subjects,
        genres: unique("genres.toml", genres.genre)?,
        fields: fields("fields.toml", include_str!("../../../../data/catalogue/fields.toml"))?,
        disclosure_kinds,
        reasons,
        validities: validities(
            "validity.toml",
            include_str!("../../../../data/catalogue/validity.toml"),
        )?,
    })
}

fn items(file: &str, text: &str) -> Result<Vec<LegalItem>, CatalogueError> {
    const RULE: &str = "须以“20.”或者“21.”开头，即条例的条号";
    let read: ItemFile = read(file, text)?;
    let source = read.source;
    let items = read.item.into_iter().map(|ItemEntry { key, short, words, level }| {
        if key.starts_with("20.") || key.starts_with("21.") {
            return Ok(LegalItem { key, short, words, level, source: source.clone() });
        }
        Err(CatalogueError::BadKey { file: file.to_owned(), key, rule: RULE })
    });
    unique(file, items.collect::<Result<_, _>>()?)
}

fn subjects(file: &str, text: &str) -> Result<(Version, Vec<Subject>), CatalogueError> {
    let read: SubjectFile = read(file, text)?;
    let mut subjects = Vec::new();
    for class in read.class {
        let under = class.key.clone();
        subjects.push(Subject { key: class.key, title: class.title, under: None });
        subjects.extend(class.subclass.into_iter().map(|term| Subject {
            key: format!("{under}.{}", term.key),
            title: term.title,
            under: Some(under.clone()),
        }));
    }
    Ok((read.version, unique(file, subjects)?))
}

fn fields(file: &str, text: &str) -> Result<Vec<Field>, CatalogueError> {
    let read: FieldFile = read(file, text)?;
    let field = |FieldEntry { key, title, variants, origin, sureness }| Field {
        term: Term { key, title, variants },
        origin,
        sureness,
    };
    unique(file, read.field.into_iter().map(field).collect())
}

fn disclosure(file: &str, text: &str) -> Result<(Vec<Term>, Vec<Reason>), CatalogueError> {
    let read: DisclosureFile = read(file, text)?;
    let reason = |entry: ReasonEntry| Reason {
        key: entry.key,
        title: entry.title,
        kinds: entry.kinds,
        article: entry.article,
        source: read.source.clone(),
        rule: entry.rule,
        explain: entry.explain,
        report_row: entry.report_row,
        sureness: entry.sureness.unwrap_or(read.sureness),
    };
    let reasons = read.reason.into_iter().map(reason).collect();
    Ok((unique(file, read.kind)?, unique(file, reasons)?))
}

fn validities(file: &str, text: &str) -> Result<Vec<(Term, bool)>, CatalogueError> {
    let read: ValidityFile = read(file, text)?;
    let validity =
        |ValidityEntry { key, title, variants, binds }| (Term { key, title, variants }, binds);
    unique(file, read.validity.into_iter().map(validity).collect())
}

/// Takes the terms of a place in beside what is there.
pub(super) fn with_local(
    mut catalogue: Catalogue,
    file: &str,
    text: &str,
) -> Result<Catalogue, CatalogueError> {
    const RULE: &str = "本地词的键名须以“local.”开头，以免与今后的国家词表相撞";
    let local: LocalFile = read(file, text)?;
    let keys = local.subject.iter().map(|subject| &subject.key);
    let keys = keys.chain(local.genre.iter().chain(&local.field).map(|term| &term.key));
    for key in keys {
        if !key.starts_with("local.") {
            let (file, key) = (file.to_owned(), key.clone());
            return Err(CatalogueError::BadKey { file, key, rule: RULE });
        }
    }
    let subject = |LocalSubject { key, title, under }| Subject { key, title, under };
    catalogue.subjects.extend(local.subject.into_iter().map(subject));
    catalogue.subjects = unique(file, catalogue.subjects)?;
    check_classes_above(file, &catalogue)?;
    catalogue.genres.extend(local.genre);
    catalogue.genres = unique(file, catalogue.genres)?;
    let field = |term| Field { term, origin: FieldOrigin::Local, sureness: Sureness::Confirmed };
    catalogue.fields.extend(local.field.into_iter().map(field));
    catalogue.fields = unique(file, catalogue.fields)?;
    Ok(catalogue)
}

/// Every subject above another is there and is itself a class.
fn check_classes_above(file: &str, catalogue: &Catalogue) -> Result<(), CatalogueError> {
    for subject in &catalogue.subjects {
        let Some(under) = &subject.under else { continue };
        let class = catalogue.subject(under).filter(|class| class.under.is_none());
        if class.is_none() {
            return Err(CatalogueError::Unknown {
                file: file.to_owned(),
                key: subject.key.clone(),
                missing: under.clone(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Validity;
    use super::*;
    use crate::form::{TableKind, forms};

    fn catalogue() -> &'static Catalogue {
        Catalogue::official()
    }

    #[test]
    fn the_vocabularies_have_the_sizes_of_the_norms() {
        let all = catalogue();
        let of = |article| all.items().iter().filter(|item| item.article() == article).count();
        assert_eq!((of(20), of(21)), (15, 7 + 8));
        let classes = all.subjects().iter().filter(|subject| subject.under.is_none()).count();
        assert_eq!((classes, all.subjects().len()), (22, 22 + 121));
        assert_eq!(all.genres().len(), 15);
        let pilots = all.fields().iter().filter(|field| field.origin == FieldOrigin::Pilot);
        assert_eq!(pilots.count(), 26);
    }

    #[test]
    fn every_value_of_the_code_has_its_words_in_the_data_and_none_is_left_over() {
        let kinds: Vec<_> = catalogue().disclosure_kinds.iter().map(|term| &term.key).collect();
        assert_eq!(kinds, DisclosureKind::ALL.map(DisclosureKind::key));
        let values: Vec<_> = catalogue().validities.iter().map(|(term, _)| &term.key).collect();
        assert_eq!(values, Validity::ALL.map(Validity::key));
        assert_eq!(DisclosureKind::OnRequest.title(), "依申请公开");
        assert_eq!(Validity::called(" 已废止 "), Some(Validity::Repealed));
        let binding: Vec<_> = Validity::ALL.into_iter().filter(|value| value.binds()).collect();
        assert_eq!(binding, [Validity::InForce, Validity::Amended]);
    }

    #[test]
    fn every_reason_names_its_article_and_a_row_that_the_form_has() {
        let requests = forms()[1].table(TableKind::Requests);
        for reason in catalogue().reasons() {
            assert!(reason.article.starts_with('第'), "{}", reason.key);
            let row = reason.report_row.as_deref();
            assert!(row.is_none_or(|row| requests.row(row).is_some()), "{}", reason.key);
            let withheld = reason.kinds.contains(&DisclosureKind::Withheld);
            assert_eq!(withheld, row.is_some(), "{}", reason.key);
        }
        assert_eq!(catalogue().reasons_for(DisclosureKind::Proactive).count(), 0);
        assert_ne!(catalogue().reasons_for(DisclosureKind::OnRequest).count(), 0);
    }

    #[test]
    fn a_subject_is_written_with_its_class() {
        let path = |key| catalogue().subject_path(key);
        assert_eq!(path("general_affairs.open_government").as_deref(), Some("综合政务\\政务公开"));
        assert_eq!(path("other").as_deref(), Some("其他"));
        assert_eq!(path("nothing"), None);
    }

    #[test]
    fn local_terms_stand_beside_the_official_ones() {
        let text = r#"
            [[subject]]
            key = "local.revitalisation"
            title = "乡村振兴"
            under = "civil_affairs"
            [[field]]
            key = "local.tea"
            title = "茶业"
        "#;
        let wider = catalogue().with_local("local.toml", text).unwrap();
        let path = wider.subject_path("local.revitalisation");
        assert_eq!(path.as_deref(), Some("民政、扶贫、救灾\\乡村振兴"));
        assert_eq!(wider.field("local.tea").unwrap().origin, FieldOrigin::Local);
        assert_eq!(wider.subjects().len(), catalogue().subjects().len() + 1);
        assert_eq!(catalogue().field("local.tea").map(|field| &field.term.key), None);
    }

    #[test]
    fn a_fault_is_told_with_file_and_key() {
        let of = |text: &str| catalogue().with_local("本地词.toml", text).unwrap_err().to_string();
        let entry = |list, key, more| format!("[[{list}]]\nkey = \"{key}\"\n{more}\n");
        let twice = entry("genre", "local.a", "title = \"甲\"").repeat(2);
        let cases = [
            (twice, "键名“local.a”重复"),
            (entry("genre", "notice", "title = \"通知\""), "“notice”不合要求"),
            (entry("genre", "local.通知", "title = \"通知\""), "“local.通知”不合要求"),
            (entry("field", "local.b", "title = \" \""), "“local.b”没有名称"),
            (entry("subject", "local.c", "title = \"丙\"\nunder = \"no\""), "引用的“no”不存在"),
            (
                entry(
                    "subject",
                    "local.d",
                    "title = \"丁\"\nunder = \"science_and_education.education\"",
                ),
                "引用的“science_and_education.education”不存在",
            ),
            (entry("genre", "local.e", "name = \"戊\""), "不能读取"),
            ("乱写".to_owned(), "不能读取"),
        ];
        for (text, expected) in cases {
            let message = of(&text);
            assert!(message.contains("本地词.toml") && message.contains(expected), "{message}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_in_an_official_file_is_refused() {
        let text = include_str!("../../../../data/catalogue/items.toml");
        let twice = text.replace("\"20.2\"", "\"20.1\"");
        let refused = items("items.toml", &twice).unwrap_err();
        let (file, key) = ("items.toml".to_owned(), "20.1".to_owned());
        assert_eq!(refused, CatalogueError::Duplicate { file, key });
    }
}
