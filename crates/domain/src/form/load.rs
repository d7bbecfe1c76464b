//! Loads the forms embedded from `data/forms`, once a process; a fault there is caught by tests.

use super::{
    Across, Block, Carry, Column, Form, FormKey, Group, Instance, Layout, Operator, Relation, Row,
    SectionTitle, Table, TableKind,
};
use crate::figure::CellKey;
use crate::finding::{CheckDefinition, CheckKind, Severity};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct FormFile {
    form: Vec<FormHead>,
}

#[derive(Deserialize)]
struct FormHead {
    key: String,
    title: String,
    document: String,
    first_year: i16,
    last_year: Option<i16>,
}

#[derive(Deserialize)]
struct SectionFile {
    section: Vec<SectionTitle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableFile {
    key: TableKind,
    section: u8,
    title: String,
    forms: Vec<String>,
    layout: Layout,
    corner: Option<String>,
    #[serde(default)]
    heads: Vec<String>,
    #[serde(default)]
    group: Vec<Group>,
    block: Vec<BlockFile>,
    #[serde(default)]
    relation: Vec<RelationFile>,
    #[serde(default)]
    carry: Vec<CarryFile>,
}

#[derive(Deserialize)]
struct BlockFile {
    caption: Option<String>,
    column: Vec<Column>,
    row: Vec<RowFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RowFile {
    key: String,
    label: String,
    #[serde(default)]
    variants: Vec<String>,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default, rename = "in")]
    groups: Vec<String>,
}

#[derive(Deserialize)]
struct RelationFile {
    id: String,
    kind: CheckKind,
    title: String,
    basis: String,
    severity: Severity,
    across: Across,
    op: Operator,
    left: Vec<String>,
    right: Vec<String>,
}

#[derive(Deserialize)]
struct CarryFile {
    id: String,
    title: String,
    basis: String,
    severity: Severity,
    across: Across,
    op: Operator,
    previous: Vec<String>,
    #[serde(default)]
    plus: Vec<String>,
    #[serde(default)]
    minus: Vec<String>,
    current: Vec<String>,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(load);

static SECTIONS: LazyLock<Vec<SectionTitle>> = LazyLock::new(|| {
    let file: SectionFile = parse(include_str!("../../../../data/forms/sections.toml"));
    file.section
});

/// The official forms, oldest first.
pub fn forms() -> &'static [Form] {
    &FORMS
}

/// The six official section titles.
pub fn section_titles() -> &'static [SectionTitle] {
    &SECTIONS
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> T {
    toml::from_str(text).expect("data/forms is embedded and tested")
}

fn load() -> Vec<Form> {
    let heads: FormFile = parse(include_str!("../../../../data/forms/forms.toml"));
    let files: [TableFile; 4] = [
        parse(include_str!("../../../../data/forms/proactive-2019.toml")),
        parse(include_str!("../../../../data/forms/proactive-2021.toml")),
        parse(include_str!("../../../../data/forms/requests.toml")),
        parse(include_str!("../../../../data/forms/remedies.toml")),
    ];
    let mut keys = Keys::default();
    heads.form.into_iter().map(|head| form(head, &files, &mut keys)).collect()
}

/// Gives each text of a key one number, whichever forms have it.
#[derive(Default)]
struct Keys(HashMap<String, CellKey>);

impl Keys {
    fn key(&mut self, text: String) -> CellKey {
        let number = u16::try_from(self.0.len()).expect("a few hundred cells");
        let new = |text: &String| CellKey::new(Box::leak(text.clone().into_boxed_str()), number);
        *self.0.entry(text).or_insert_with_key(new)
    }
}

fn form(head: FormHead, files: &[TableFile], keys: &mut Keys) -> Form {
    let tables = files
        .iter()
        .filter(|file| file.forms.contains(&head.key))
        .map(|file| table(file, &head.key, keys))
        .collect();
    Form {
        key: FormKey(Box::leak(head.key.into_boxed_str())),
        title: head.title,
        document: head.document,
        first_year: head.first_year,
        last_year: head.last_year,
        tables,
    }
}

/// One table as one form has it: rows and groups of other forms left out.
fn table(file: &TableFile, form: &str, keys: &mut Keys) -> Table {
    let stands_in = |forms: &[String]| forms.is_empty() || forms.iter().any(|each| each == form);
    let mut rows = Vec::new();
    for (block, declared) in file.block.iter().enumerate() {
        for row in declared.row.iter().filter(|row| stands_in(&row.forms)) {
            rows.push(Row {
                key: row.key.clone(),
                label: row.label.clone(),
                variants: row.variants.clone(),
                block,
                groups: row.groups.clone(),
            });
        }
    }
    let blocks: Vec<Block> = file
        .block
        .iter()
        .map(|block| Block { caption: block.caption.clone(), columns: block.column.clone() })
        .collect();
    let cells = rows.iter().map(|row| row_cells(file.key, row, &blocks[row.block], keys)).collect();
    let row_keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    let mut table = Table {
        kind: file.key,
        section: file.section,
        title: file.title.clone(),
        layout: file.layout,
        corner: file.corner.clone(),
        heads: file.heads.clone(),
        groups: file.group.iter().filter(|group| stands_in(&group.forms)).cloned().collect(),
        relations: file.relation.iter().map(|each| relation(each, &row_keys)).collect(),
        carries: file.carry.iter().map(carry).collect(),
        blocks,
        rows,
        cells,
    };
    for at in 0..table.relations.len() {
        table.relations[at].instances = instances(&table, &table.relations[at]);
    }
    table
}

/// The lines along which a relation is repeated, with the cells on both sides.
fn instances(table: &Table, relation: &Relation) -> Vec<Instance> {
    match relation.across {
        Across::Columns => {
            let columns = table.blocks[0].columns.iter();
            let cells = |terms: &[String], column: &str| {
                terms.iter().filter_map(|row| table.cell(row, column)).collect()
            };
            columns
                .map(|column| Instance {
                    line: column.label.clone(),
                    left: cells(&relation.left, &column.key),
                    right: cells(&relation.right, &column.key),
                })
                .collect()
        }
        Across::Rows => {
            let cells = |terms: &[String], row: &str| -> Option<Vec<CellKey>> {
                terms.iter().map(|column| table.cell(row, column)).collect()
            };
            let instance = |row: &Row| {
                Some(Instance {
                    line: row.label.clone(),
                    left: cells(&relation.left, &row.key)?,
                    right: cells(&relation.right, &row.key)?,
                })
            };
            table.rows.iter().filter_map(instance).collect()
        }
    }
}

fn row_cells(table: TableKind, row: &Row, block: &Block, keys: &mut Keys) -> Vec<CellKey> {
    let table = match table {
        TableKind::Proactive => "proactive",
        TableKind::Requests => "requests",
        TableKind::Remedies => "remedies",
    };
    let key = |column: &Column| format!("{table}.{}.{}", row.key, column.key);
    block.columns.iter().map(|column| keys.key(key(column))).collect()
}

fn relation(file: &RelationFile, row_keys: &[&str]) -> Relation {
    let expand = |terms: &[String]| match file.across {
        Across::Columns => expand_rows(terms, row_keys),
        Across::Rows => terms.to_vec(),
    };
    Relation {
        check: CheckDefinition {
            id: file.id.clone(),
            kind: file.kind,
            title: file.title.clone(),
            basis: file.basis.clone(),
            severity: file.severity,
            hint: "请核对该行该列的数字。".to_owned(),
        },
        across: file.across,
        op: file.op,
        left: expand(&file.left),
        right: expand(&file.right),
        instances: Vec::new(),
    }
}

fn carry(file: &CarryFile) -> Carry {
    Carry {
        check: CheckDefinition {
            id: file.id.clone(),
            kind: CheckKind::CrossYear,
            title: file.title.clone(),
            basis: file.basis.clone(),
            severity: file.severity,
            hint: "请核对上一年度报告；有更正的请在第六部分说明。".to_owned(),
        },
        across: file.across,
        op: file.op,
        previous: file.previous.clone(),
        plus: file.plus.clone(),
        minus: file.minus.clone(),
        current: file.current.clone(),
    }
}

/// Terms with a `*` at the end stand for every row whose key begins so.
fn expand_rows(terms: &[String], row_keys: &[&str]) -> Vec<String> {
    let mut expanded = Vec::new();
    for term in terms {
        match term.strip_suffix('*') {
            Some(start) => expanded.extend(
                row_keys.iter().filter(|key| key.starts_with(start)).map(|key| (*key).to_owned()),
            ),
            None => expanded.push(term.clone()),
        }
    }
    expanded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_three_tables_and_the_keys_of_the_contract() {
        let sizes: Vec<(&str, Vec<usize>)> = forms()
            .iter()
            .map(|form| {
                let count = |table: &Table| table.cells.iter().map(Vec::len).sum();
                (form.key.as_str(), form.tables.iter().map(count).collect())
            })
            .collect();
        assert_eq!(sizes, [("2019", vec![22, 23 * 7, 15]), ("2021", vec![10, 25 * 7, 15])]);
    }

    #[test]
    fn every_term_of_every_relation_names_a_row_or_a_column() {
        for table in forms().iter().flat_map(|form| &form.tables) {
            for relation in &table.relations {
                for term in relation.left.iter().chain(&relation.right) {
                    let known = match relation.across {
                        Across::Columns => table.row(term).is_some(),
                        Across::Rows => table
                            .blocks
                            .iter()
                            .any(|block| block.columns.iter().any(|column| column.key == *term)),
                    };
                    assert!(known, "{}: {term}", relation.check.id);
                }
            }
        }
    }

    #[test]
    fn closed_total_adds_up_every_result_row_of_each_form() {
        let terms = |form: usize| forms()[form].table(TableKind::Requests).relations[1].right.len();
        assert_eq!((terms(0), terms(1)), (19, 21));
    }
}
