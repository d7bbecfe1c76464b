//! Holds a government's report against those of its departments and lower governments.

use super::values::CELLS;
use super::{Digest, cell_name};
use crate::agency::{self, Kind};
use crate::figure::plain_text;
use crate::finding::{Finding, Verdict};
use crate::form::forms;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// At most so many figures of one finding are named.
const MOST_CELLS: usize = 8;

/// Whether a cell adds up from organ to organ: changes with a sign do not.
static ADDS_UP: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let is_signed = |cell: &_| {
        forms().iter().flat_map(|form| &form.tables).any(|table| {
            table.position(*cell).is_some_and(|(row, column)| table.columns(row)[column].signed)
        })
    };
    CELLS.iter().map(|cell| !is_signed(cell)).collect()
});

/// Every finding on governments; `order` is sorted by organ, then year.
pub(super) fn check(digests: &[Digest], order: &[usize]) -> Vec<(usize, Finding)> {
    let mut by_year: Vec<(i16, &str, usize)> = order
        .iter()
        .filter_map(|index| digests[*index].identity().map(|(name, year)| (year, name, *index)))
        .collect();
    by_year.sort_unstable();
    let mut findings = Vec::new();
    for (year, name, index) in by_year.iter().copied() {
        let is_government = agency::kind(name) == Kind::Government;
        let Some(place) = agency::place(name).filter(|_| is_government) else { continue };
        let start = by_year.partition_point(|(other, child, _)| (*other, *child) < (year, place));
        let children: Vec<usize> = by_year[start..]
            .iter()
            .take_while(|(other, child, _)| *other == year && child.starts_with(place))
            .map(|(_, _, child)| *child)
            .filter(|child| *child != index)
            .collect();
        findings.extend(family(digests, index, place, &children).map(|finding| (index, finding)));
    }
    findings
}

/// The findings of one government and the organs of its place.
fn family<'a>(
    digests: &'a [Digest],
    parent: usize,
    place: &str,
    children: &[usize],
) -> impl Iterator<Item = Finding> + 'a {
    let parent = &digests[parent];
    let larger: Vec<Finding> =
        children.iter().filter_map(|child| larger(parent, &digests[*child])).collect();
    let direct = direct(digests, place, children);
    let sums = sums(digests, parent, &direct);
    let holds = (larger.is_empty() && sums.is_none() && !children.is_empty()).then(|| {
        let message = format!("各项数字不少于{}个所属机关的数字。", children.len());
        Finding::of("ROLL", Verdict::Holds, message)
    });
    larger.into_iter().chain(sums).chain(holds)
}

/// Figures of a child that are larger than its government's.
fn larger(parent: &Digest, child: &Digest) -> Option<Finding> {
    let cells: Vec<(u16, Decimal, Decimal)> = child
        .values
        .not_zero()
        .iter()
        .filter(|(index, _)| ADDS_UP[usize::from(*index)])
        .filter_map(|(index, value)| Some((*index, parent.values.at(*index)?, *value)))
        .filter(|(_, whole, part)| whole < part)
        .collect();
    let name = child.agency.as_deref().unwrap_or_default();
    say(parent, &cells, &format!("所属“{name}”"), Some(child))
}

/// The organs that add up to the government: of an organ under another government that is also
/// given, only that government counts.
fn direct(digests: &[Digest], place: &str, children: &[usize]) -> Vec<usize> {
    let name = |child: &usize| digests[*child].agency.as_deref().unwrap_or_default();
    let governments: Vec<(&str, usize)> = children
        .iter()
        .filter(|child| matches!(agency::kind(name(child)), Kind::Government | Kind::Township))
        .filter_map(|child| agency::place(name(child)).map(|lower| (lower, *child)))
        .filter(|(lower, _)| place.len() < lower.len())
        .collect();
    let is_under = |child: &usize| {
        governments
            .iter()
            .any(|(lower, government)| government != child && name(child).starts_with(lower))
    };
    children.iter().copied().filter(|child| !is_under(child)).collect()
}

/// Figures whose sum over the children is larger than the government's.
fn sums(digests: &[Digest], parent: &Digest, direct: &[usize]) -> Option<Finding> {
    if direct.len() < 2 {
        return None;
    }
    let mut sums = vec![(Decimal::ZERO, Decimal::ZERO); CELLS.len()];
    for child in direct {
        for (index, value) in digests[*child].values.not_zero() {
            let (sum, most) = &mut sums[usize::from(*index)];
            *sum += *value;
            *most = (*most).max(*value);
        }
    }
    let cells: Vec<(u16, Decimal, Decimal)> = sums
        .iter()
        .enumerate()
        .filter(|(index, _)| ADDS_UP[*index])
        .filter_map(|(index, (sum, most))| {
            let whole = parent.values.at(index as u16)?;
            (*most <= whole && whole < *sum).then_some((index as u16, whole, *sum))
        })
        .collect();
    say(parent, &cells, &format!("所属{}个机关之和", direct.len()), None)
}

fn say(
    parent: &Digest,
    cells: &[(u16, Decimal, Decimal)],
    whose: &str,
    child: Option<&Digest>,
) -> Option<Finding> {
    let (first, whole, part) = cells.first().copied()?;
    let key = |index: u16| CELLS[usize::from(index)];
    let more = if 1 < cells.len() {
        format!("，另有{}项相同", cells.len() - 1)
    } else {
        String::new()
    };
    let message = format!(
        "“{}”填{}，少于{whose}的{}{more}。",
        cell_name(parent, key(first)),
        plain_text(whole),
        plain_text(part)
    );
    let mut finding = Finding::of("ROLL", Verdict::Fails, message).sides(Some(whole), Some(part));
    for (index, ..) in cells.iter().take(MOST_CELLS) {
        finding = finding.at(parent.own(key(*index)));
        if let Some(child) = child {
            finding = finding.at(child.spot(key(*index)));
        }
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_add_up_and_changes_do_not() {
        let named = |key: &str| CELLS.iter().position(|cell| cell.as_str() == key).unwrap();
        assert!(ADDS_UP[named("requests.received.total")]);
        assert!(!ADDS_UP[named("proactive.permit.items_change")]);
    }
}
