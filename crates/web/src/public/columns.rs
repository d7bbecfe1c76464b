//! The columns of the public site: where each is, what it is called, which kinds stand in it.

use gongkai_app::site::groups::kinds_of_column;
use gongkai_domain::catalogue::DisclosureKind;
use gongkai_domain::item_kind::{Interpretation, ItemKind, PlatformColumn, kind, kinds};
use std::sync::LazyLock;

/// A column of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// The key in addresses of feeds.
    pub key: &'static str,
    /// Where it is.
    pub address: &'static str,
    /// Its name (page tag `ColumnName`).
    pub title: String,
    /// What it holds (page tag `ColumnDescription`).
    pub description: &'static str,
    /// The page tag `ColumnType`.
    pub tag: &'static str,
    /// The kinds that stand in it; empty for columns that are no lists.
    pub kinds: Vec<String>,
}

static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(columns);

/// Every column, in the order of the navigation.
pub fn all() -> &'static [Column] {
    &COLUMNS
}

/// One column.
pub fn column(key: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.key == key)
}

fn title(key: &str) -> String {
    kind(key).map(|kind| kind.title.clone()).unwrap_or_default()
}

/// Policies are the kinds that have to be explained, or may have to be.
fn policies() -> Vec<String> {
    let explained = |kind: &&ItemKind| kind.interpretation != Interpretation::Never;
    kinds().iter().filter(explained).map(|kind| kind.key.clone()).collect()
}

#[expect(clippy::too_many_lines, reason = "a table: the columns of the site, one after the other")]
fn columns() -> Vec<Column> {
    let platform = |column: PlatformColumn, address, description| Column {
        key: column.key(),
        address,
        title: column.title().to_owned(),
        description,
        tag: "信息公开目录",
        kinds: kinds_of_column(column),
    };
    let beside = |key, address, title, description, tag, kinds| Column {
        key,
        address,
        title,
        description,
        tag,
        kinds,
    };
    let on_request = DisclosureKind::OnRequest.title().to_owned();
    let (interpretation, institution) = ("interpretation".to_owned(), "institution".to_owned());
    vec![
        platform(PlatformColumn::Guide, "/guide", "各机关公开什么、怎样获取、向谁询问"),
        platform(PlatformColumn::Rules, "/rules", "政府信息公开的法规、规章和工作制度"),
        platform(
            PlatformColumn::Statutory,
            "/items",
            "依法应当主动公开的政府信息，按事项和主题查阅",
        ),
        platform(
            PlatformColumn::AnnualReports,
            "/annual-reports",
            "各机关政府信息公开工作年度报告",
        ),
        beside(
            "on_request",
            "/on-request",
            on_request,
            "怎样向机关申请获取政府信息",
            "信息公开目录",
            Vec::new(),
        ),
        beside(
            "policies",
            "/policies",
            "政策文件库".to_owned(),
            "规章、规范性文件和其他政策文件，标明有效性",
            "信息公开目录",
            policies(),
        ),
        beside(
            "interpretations",
            "/interpretations",
            title(&interpretation),
            "对政策文件的解读，与文件相互链接",
            "政策解读",
            vec![interpretation],
        ),
        beside(
            "organs",
            "/organs",
            title(&institution),
            "机构设置、职能和联系方式",
            "概况",
            vec![institution, "leaders".to_owned()],
        ),
        beside(
            "statistics",
            "/statistics",
            "数据与统计".to_owned(),
            "信息公开情况的统计图表和开放数据",
            "信息公开目录",
            Vec::new(),
        ),
        platform(PlatformColumn::News, "/news", "政府信息公开工作动态"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_in_a_column_and_every_kind_of_a_column_exists() {
        for kind in kinds() {
            assert!(all().iter().any(|column| column.kinds.contains(&kind.key)), "{}", kind.key);
        }
        for column in all() {
            assert!(!column.title.is_empty(), "{}", column.key);
            assert!(column.kinds.iter().all(|key| kind(key).is_some()), "{}", column.key);
        }
    }
}
