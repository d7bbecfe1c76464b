//! Reads `kinds.toml`; refuses doubles, and names that lead nowhere.

use super::{DayUnit, Interpretation, ItemKind, Kinds, Limit, PlatformColumn, Span, Start};
use crate::catalogue::{Catalogue, CatalogueError, Entry, Sureness, Term, read, unique};
use crate::metadata::MetadataField;
use crate::organ::OrganKind;
use jiff::civil::Date;
use serde::Deserialize;

const FILE: &str = "kinds.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    always_requires: Vec<MetadataField>,
    default_limits: Vec<String>,
    interpretation_limit: String,
    column: Vec<Term>,
    start: Vec<Term>,
    limit: Vec<LimitEntry>,
    kind: Vec<KindEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitEntry {
    key: String,
    title: String,
    days: Option<u16>,
    unit: Option<DayUnit>,
    by: Option<String>,
    from: Start,
    organ: Option<OrganKind>,
    source: String,
    sureness: Sureness,
    first_day: Date,
    last_day: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindEntry {
    key: String,
    title: String,
    column: PlatformColumn,
    #[serde(default)]
    items: Vec<String>,
    #[serde(default)]
    requires: Vec<MetadataField>,
    #[serde(default)]
    limits: Vec<String>,
    withdrawal_limit: Option<String>,
    #[serde(default)]
    interpretation: Interpretation,
    table_two: Option<String>,
    #[serde(default)]
    repealable: bool,
    #[serde(default)]
    indexed: bool,
}

impl Entry for Limit {
    fn key(&self) -> &str {
        &self.key
    }
    fn words(&self) -> &str {
        &self.title
    }
}

impl Entry for ItemKind {
    fn key(&self) -> &str {
        &self.key
    }
    fn words(&self) -> &str {
        &self.title
    }
}

/// The kinds of a file.
pub(super) fn kinds(text: &str) -> Result<Kinds, CatalogueError> {
    let file: KindFile = read(FILE, text)?;
    let limits = file.limit.into_iter().map(limit).collect::<Result<Vec<Limit>, _>>()?;
    let limits = unique(FILE, limits)?;
    let shared = Shared {
        always_requires: file.always_requires,
        default_limits: file.default_limits,
        limits,
    };
    let kinds = file.kind.into_iter().map(|entry| shared.kind(entry));
    let kinds = unique(FILE, kinds.collect::<Result<Vec<ItemKind>, _>>()?)?;
    Ok(Kinds {
        columns: unique(FILE, file.column)?,
        starts: unique(FILE, file.start)?,
        interpretation_limit: shared.limit("interpretation_limit", &file.interpretation_limit)?,
        default_limits: shared.default_limits,
        kinds,
    })
}

fn limit(entry: LimitEntry) -> Result<Limit, CatalogueError> {
    Ok(Limit {
        span: span(&entry)?,
        key: entry.key,
        title: entry.title,
        from: entry.from,
        organ: entry.organ,
        source: entry.source,
        sureness: entry.sureness,
        first_day: entry.first_day,
        last_day: entry.last_day,
    })
}

/// Either days with their unit, or a day of the next year.
fn span(entry: &LimitEntry) -> Result<Span, CatalogueError> {
    const COMMON_YEAR: i16 = 2001;
    let span = match (entry.days, entry.unit, entry.by.as_deref()) {
        (Some(count @ 1..), Some(unit), None) => Some(Span::Days { count, unit }),
        (None, None, Some(by)) => by.split_once('-').and_then(|(month, day)| {
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            let day = Date::new(COMMON_YEAR, month, day).ok()?;
            Some(Span::By { month: day.month(), day: day.day() })
        }),
        _ => None,
    };
    span.ok_or_else(|| CatalogueError::Unreadable {
        file: FILE.to_owned(),
        why: format!("期限“{}”须写明 days 和 unit，或者只写 by（月-日）", entry.key),
    })
}

/// What the kinds refer to.
struct Shared {
    always_requires: Vec<MetadataField>,
    default_limits: Vec<String>,
    limits: Vec<Limit>,
}

impl Shared {
    fn kind(&self, entry: KindEntry) -> Result<ItemKind, CatalogueError> {
        let item = |key: &&String| Catalogue::official().item(key).is_none();
        if let Some(missing) = entry.items.iter().find(item) {
            return Err(unknown(&entry.key, missing));
        }
        let keys = entry.limits.iter().chain(&self.default_limits);
        let limits = keys.map(|limit| self.limit(&entry.key, limit)).collect::<Result<_, _>>()?;
        let withdrawal = entry.withdrawal_limit.as_deref();
        let withdrawal = withdrawal.map(|limit| self.limit(&entry.key, limit)).transpose()?;
        let mut requires = self.always_requires.clone();
        requires.extend(entry.requires);
        Ok(ItemKind {
            key: entry.key,
            title: entry.title,
            column: entry.column,
            items: entry.items,
            requires,
            indexed: entry.indexed,
            interpretation: entry.interpretation,
            table_two: entry.table_two,
            repealable: entry.repealable,
            limits,
            withdrawal,
        })
    }

    fn limit(&self, named_by: &str, key: &str) -> Result<Limit, CatalogueError> {
        let limit = self.limits.iter().find(|limit| limit.key == key);
        limit.cloned().ok_or_else(|| unknown(named_by, key))
    }
}

fn unknown(key: &str, missing: &str) -> CatalogueError {
    CatalogueError::Unknown {
        file: FILE.to_owned(),
        key: key.to_owned(),
        missing: missing.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_file_is_told_with_its_key() {
        let text = include_str!("../../../../data/catalogue/kinds.toml");
        let cases = [
            (r#"key = "permit""#, r#"key = "penalty""#, "键名“penalty”重复"),
            (r#"items = ["20.2"]"#, r#"items = ["20.99"]"#, "“institution”引用的“20.99”不存在"),
            (
                r#"limits = ["interpretation"]"#,
                r#"limits = ["none"]"#,
                "“interpretation”引用的“none”",
            ),
            (r#"by = "01-31""#, r#"by = "02-29""#, "“department_annual_report”须写明"),
            ("days = 7\n", "days = 0\n", "“permit_or_penalty_decision”须写明"),
            (r#"title = "统计信息""#, r#"title = """#, "“statistics”没有名称"),
            (r#"column = "news""#, r#"column = "blog""#, "不能读取"),
        ];
        for (right, wrong, expected) in cases {
            let changed = text.replacen(right, wrong, 1);
            assert_ne!(changed, text, "{right}");
            let message = kinds(&changed).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.contains(FILE) && message.contains(expected), "{wrong}: {message}");
        }
        assert!(kinds(text).is_ok());
    }
}
