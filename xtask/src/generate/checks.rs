//! `docs/checks.md`: every check with its key, title, kind, severity, basis and sum in words.

use super::{NOTE, table_head, table_line};
use gongkai_domain::finding::{CheckDefinition, CheckKind, Severity, definitions};
use gongkai_domain::form::{Across, Carry, Relation, Row, Table, forms};

/// A check of a table, as one or more forms have it.
struct Sum {
    check: CheckDefinition,
    expression: String,
    forms: Vec<&'static str>,
}

/// The whole document.
pub fn document() -> String {
    let mut text = format!("# 核对规则\n\n{NOTE}\n\n");
    text += "每条规则的键永不改变含义；级别是该规则可能给出的最重级别。\n";
    text += "表内和跨年的算式由 `data/forms` 中各表的 `relation`、`carry` 得出，其余规则见 `data/forms/checks.toml`。\n";
    text += "\n## 表内勾稽\n\n";
    text += &sums(|table| table.relations.iter().map(|each| inside(table, each)).collect());
    text += "\n## 跨年勾稽\n\n";
    text += &sums(|table| table.carries.iter().map(|each| across_years(table, each)).collect());
    text += "\n## 其他规则\n\n";
    text += &others();
    text
}

fn sums(of_table: impl Fn(&Table) -> Vec<(CheckDefinition, String)>) -> String {
    let mut sums: Vec<Sum> = Vec::new();
    for form in forms() {
        for (check, expression) in form.tables.iter().flat_map(&of_table) {
            let same = |sum: &&mut Sum| sum.check.id == check.id && sum.expression == expression;
            match sums.iter_mut().find(same) {
                Some(sum) => sum.forms.push(form.key.as_str()),
                None => sums.push(Sum { check, expression, forms: vec![form.key.as_str()] }),
            }
        }
    }
    sums.sort_by(|a, b| a.check.id.cmp(&b.check.id));
    let mut text = table_head(&["键", "规则", "种类", "级别", "算式", "格式", "依据"]);
    for Sum { check, expression, forms } in &sums {
        let (key, forms) = (format!("`{}`", check.id), forms.join("、"));
        let (kind, severity) = (kind_words(check.kind), severity_words(check.severity));
        let cells = [&key, &check.title, kind, severity, expression, &forms, &check.basis];
        text += &table_line(cells);
    }
    text
}

fn others() -> String {
    let mut text = table_head(&["键", "规则", "种类", "级别", "怎样处理", "依据"]);
    for check in definitions() {
        let key = format!("`{}`", check.id);
        let (kind, severity) = (kind_words(check.kind), severity_words(check.severity));
        text += &table_line([&key, &check.title, kind, severity, &check.hint, &check.basis]);
    }
    text
}

fn inside(table: &Table, relation: &Relation) -> (CheckDefinition, String) {
    let sign = relation.op.sign();
    let left = terms(table, relation.across, &relation.left).join(" + ");
    let right = terms(table, relation.across, &relation.right).join(" + ");
    (relation.check.clone(), format!("{}：{left} {sign} {right}", each(relation.across)))
}

fn across_years(table: &Table, carry: &Carry) -> (CheckDefinition, String) {
    let words = |year: &str, keys: &[String]| -> Vec<String> {
        let labels = terms(table, carry.across, keys);
        labels.into_iter().map(|label| format!("{year}“{label}”")).collect()
    };
    let mut left = words("上年", &carry.previous);
    left.extend(words("本年", &carry.plus));
    let mut left = left.join(" + ");
    for term in words("本年", &carry.minus) {
        left += &format!(" − {term}");
    }
    let right = words("本年", &carry.current).join(" + ");
    let (each, sign) = (each(carry.across), carry.op.sign());
    (carry.check.clone(), format!("{each}：{left} {sign} {right}"))
}

fn each(across: Across) -> &'static str {
    match across {
        Across::Columns => "每一列",
        Across::Rows => "有这些列的每一行",
    }
}

/// The labels of terms; all rows of a group together are named by the group.
fn terms(table: &Table, across: Across, keys: &[String]) -> Vec<String> {
    match across {
        Across::Rows => keys.iter().map(|key| column_label(table, key)).collect(),
        Across::Columns => row_terms(table, keys),
    }
}

fn column_label(table: &Table, key: &str) -> String {
    let mut columns = table.blocks.iter().flat_map(|block| &block.columns);
    columns.find(|column| column.key == key).map_or(key, |column| &column.label).to_owned()
}

fn row_terms(table: &Table, keys: &[String]) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for key in keys {
        let Some(row) = table.rows.iter().find(|row| row.key == *key) else { continue };
        let word = match whole_group(table, row, keys) {
            Some(group) => format!("{group}各项"),
            None => row.label.clone(),
        };
        if words.last() != Some(&word) {
            words.push(word);
        }
    }
    words
}

/// The label of the innermost group of a row, if every row of that group is among the keys.
fn whole_group<'a>(table: &'a Table, row: &Row, keys: &[String]) -> Option<&'a str> {
    let key = row.groups.get(1..)?.last()?;
    let members = table.rows.iter().filter(|each| each.groups.contains(key));
    let whole = members.map(|each| &each.key).all(|member| keys.contains(member));
    let group = table.groups.iter().find(|group| group.key == *key)?;
    whole.then_some(&group.label)
}

fn kind_words(kind: CheckKind) -> &'static str {
    match kind {
        CheckKind::CrossFoot => "合计",
        CheckKind::RollForward => "结转",
        CheckKind::CrossTable => "跨表",
        CheckKind::CrossYear => "跨年",
        CheckKind::RollUp => "汇总",
        CheckKind::Narrative => "文字",
        CheckKind::Plausibility => "合理性",
        CheckKind::Form => "格式",
        CheckKind::Reading => "读取",
    }
}

fn severity_words(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "提示",
        Severity::Warning => "警告",
        Severity::Error => "错误",
    }
}
