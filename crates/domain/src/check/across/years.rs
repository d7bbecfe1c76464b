//! Holds an organ's report against its report on the year before.

use super::{Digest, cell_name};
use crate::figure::{CellKey, plain_text};
use crate::finding::{Finding, Severity, Verdict};
use crate::form::{Across, Carry, Table, TableKind};
use rust_decimal::Decimal;

/// Every finding between consecutive years; `order` is sorted by organ, then year.
pub(super) fn check(digests: &[Digest], order: &[usize]) -> Vec<(usize, Finding)> {
    let mut findings = Vec::new();
    for pair in order.windows(2) {
        let (previous, current) = (&digests[pair[0]], &digests[pair[1]]);
        let is_next =
            previous.agency == current.agency && previous.year.map(|year| year + 1) == current.year;
        if !is_next {
            continue;
        }
        for kind in TableKind::ALL {
            let Some(form) = current.forms.of(kind).and_then(|key| key.form()) else { continue };
            let table = form.table(kind);
            for carry in &table.carries {
                let found = carried(previous, current, table, carry);
                findings.extend(found.into_iter().map(|finding| (pair[1], finding)));
            }
            findings.extend(jumps(previous, current, table).map(|finding| (pair[1], finding)));
        }
    }
    findings
}

/// One finding for every line that fails; else one that holds, or none can be judged.
fn carried(
    previous: &Digest,
    current: &Digest,
    table: &Table,
    carry: &'static Carry,
) -> Vec<Finding> {
    let lines = lines(table, carry);
    let is_in_form =
        |line: &Line| line.previous.iter().all(|cell| has(previous, table.kind, *cell));
    let lines: Vec<&Line> = lines.iter().filter(|line| is_in_form(line)).collect();
    let judged: Vec<Option<Finding>> =
        lines.iter().filter_map(|line| judge(previous, current, carry, line)).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    if judged.is_empty() {
        let message = format!("{}：两年的数字不全，无法核对。", carry.check.title);
        return vec![Finding::new(&carry.check, Verdict::NotAssessable, message)];
    }
    let failed: Vec<Finding> = judged.into_iter().flatten().collect();
    if failed.is_empty() {
        let message = format!("{}。", carry.check.title);
        return vec![Finding::new(&carry.check, Verdict::Holds, message)];
    }
    failed
}

/// Whether the form of last year's table has a cell of this key.
fn has(previous: &Digest, kind: TableKind, cell: CellKey) -> bool {
    previous
        .forms
        .of(kind)
        .and_then(|key| key.form())
        .is_some_and(|form| form.table(kind).position(cell).is_some())
}

/// The cells of a carry along one row or column.
struct Line {
    previous: Vec<CellKey>,
    plus: Vec<CellKey>,
    minus: Vec<CellKey>,
    current: Vec<CellKey>,
}

/// Every row or column that has all the terms.
fn lines(table: &Table, carry: &Carry) -> Vec<Line> {
    let along: Vec<&str> = match carry.across {
        Across::Rows => table.rows.iter().map(|row| row.key.as_str()).collect(),
        Across::Columns => {
            table.blocks.iter().flat_map(|block| &block.columns).map(|each| &*each.key).collect()
        }
    };
    let cells = |terms: &[String], along: &str| -> Option<Vec<CellKey>> {
        let cell = |term: &String| match carry.across {
            Across::Rows => table.cell(along, term),
            Across::Columns => table.cell(term, along),
        };
        terms.iter().map(cell).collect()
    };
    along
        .into_iter()
        .filter_map(|along| {
            Some(Line {
                previous: cells(&carry.previous, along)?,
                plus: cells(&carry.plus, along)?,
                minus: cells(&carry.minus, along)?,
                current: cells(&carry.current, along)?,
            })
        })
        .collect()
}

/// `None` where a figure is not known; else the finding if the line fails.
fn judge(
    previous: &Digest,
    current: &Digest,
    carry: &'static Carry,
    line: &Line,
) -> Option<Option<Finding>> {
    let sum = |digest: &Digest, cells: &[CellKey]| -> Option<Decimal> {
        cells.iter().map(|cell| digest.values.get(*cell)).sum()
    };
    let before = sum(previous, &line.previous)?;
    let left = before + sum(current, &line.plus)? - sum(current, &line.minus)?;
    let right = sum(current, &line.current)?;
    if carry.op.holds(left, right) {
        return Some(None);
    }
    let this_year = line.current.first().copied()?;
    let message = format!(
        "{}：按上年报告应{}{}，本年“{}”填{}。",
        carry.check.title,
        match carry.op.sign() {
            "=" => "为",
            "≤" => "不少于",
            _ => "不多于",
        },
        plain_text(left),
        cell_name(current, this_year),
        plain_text(right),
    );
    let finding = Finding::new(&carry.check, Verdict::Fails, message)
        .expression(expression(previous, current, carry, line))
        .sides(Some(left), Some(right));
    let finding = line.current.iter().fold(finding, |finding, cell| finding.at(current.own(*cell)));
    Some(Some(line.previous.iter().fold(finding, |finding, cell| finding.at(previous.spot(*cell)))))
}

/// The sum worked out: `3 + 2 − 1 = 4，填 5`.
fn expression(previous: &Digest, current: &Digest, carry: &Carry, line: &Line) -> String {
    let mut words = String::new();
    let terms = line.previous.iter().map(|cell| ("+", previous, cell));
    let terms = terms.chain(line.plus.iter().map(|cell| ("+", current, cell)));
    let terms = terms.chain(line.minus.iter().map(|cell| ("−", current, cell)));
    for (sign, digest, cell) in terms {
        let value = digest.values.get(*cell).map(plain_text).unwrap_or_default();
        if words.is_empty() {
            words = value;
        } else {
            words = format!("{words} {sign} {value}");
        }
    }
    let right: Vec<String> =
        line.current.iter().filter_map(|cell| current.values.get(*cell).map(plain_text)).collect();
    format!("{words} {} {}", carry.op.sign(), right.join(" + "))
}

/// Figures whose sudden change is worth a look: row and column.
const WATCHED: [(TableKind, &str, &str); 2] =
    [(TableKind::Requests, "received", "total"), (TableKind::Proactive, "permit", "decided")];

/// A change is sudden when it is more than tenfold and by more than a hundred.
fn jumps<'a>(
    previous: &'a Digest,
    current: &'a Digest,
    table: &'a Table,
) -> impl Iterator<Item = Finding> + 'a {
    WATCHED.iter().filter(|(kind, ..)| *kind == table.kind).filter_map(|(_, row, column)| {
        let cell = table.cell(row, column)?;
        let (before, now) = (previous.values.get(cell)?, current.values.get(cell)?);
        let (small, large) = (before.min(now), before.max(now));
        let is_sudden = Decimal::from(100) < large - small && small * Decimal::from(10) < large;
        if !is_sudden {
            return None;
        }
        let message = format!(
            "“{}”上年{}，本年{}，变动超过十倍。",
            cell_name(current, cell),
            plain_text(before),
            plain_text(now)
        );
        let finding = Finding::of("X-12", Verdict::Uncertain, message).severity(Severity::Note);
        Some(finding.sides(Some(now), Some(before)).at(current.own(cell)).at(previous.spot(cell)))
    })
}
