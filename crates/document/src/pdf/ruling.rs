//! Ruled tables: the lines of a page, joined to grids of cells.

use crate::limits::at_most;
use std::collections::BTreeMap;

use hayro_interpret::kurbo::Point;

use super::ink::Line;
use crate::limits::Deadline;
use crate::{Limits, ReadError};

/// Lines nearer than this are one line.
const SNAP: f64 = 2.5;

/// Ends that miss each other by less than this meet.
const REACH: f64 = 3.5;

/// Lines shorter than this rule nothing.
const SHORTEST: f64 = 6.0;

/// A cell of a grid: its place, its size in grid places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Region {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

/// A ruled table without its text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Ruling {
    /// Edges of the columns, left to right.
    pub(super) xs: Vec<f64>,
    /// Edges of the rows, top to bottom.
    pub(super) ys: Vec<f64>,
    /// The cells, row by row, left to right.
    pub(super) regions: Vec<Region>,
    /// For each grid place, row by row: the index of its region.
    owners: Vec<usize>,
}

impl Ruling {
    /// The region that holds a point.
    pub(super) fn region_at(&self, point: Point) -> Option<usize> {
        let column = between(&self.xs, point.x)?;
        let row = between(&self.ys, point.y)?;
        self.owners.get(row * (self.xs.len() - 1) + column).copied()
    }

    pub(super) fn top(&self) -> f64 {
        self.ys[0]
    }

    pub(super) fn area(&self) -> f64 {
        let extent = |edges: &[f64]| edges[edges.len() - 1] - edges[0];
        extent(&self.xs) * extent(&self.ys)
    }
}

fn between(edges: &[f64], at: f64) -> Option<usize> {
    let after = edges.partition_point(|edge| *edge <= at);
    (0 < after && after < edges.len()).then(|| after - 1)
}

/// Finds the ruled tables of a page, top to bottom.
pub(super) fn find(
    across: Vec<Line>,
    down: Vec<Line>,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<Vec<Ruling>, ReadError> {
    let across = tidy(across);
    let down = tidy(down);
    let mut rulings = Vec::new();
    for (across, down) in components(&across, &down, deadline)? {
        let xs = edges(&down, &across);
        let ys = edges(&across, &down);
        if xs.len() < 2 || ys.len() < 2 {
            continue;
        }
        let places = (xs.len() as u64 - 1) * (ys.len() as u64 - 1);
        at_most("table-cells", "一个表格的单元格数", limits.table_cells, places)?;
        let ruling = build(xs, ys, &across, &down, deadline)?;
        // A frame around text is no table.
        if 1 < ruling.regions.len() {
            rulings.push(ruling);
        }
    }
    rulings.sort_by(|a, b| a.top().total_cmp(&b.top()));
    Ok(rulings)
}

/// Snaps lines together, joins their pieces and drops what is too short.
fn tidy(mut lines: Vec<Line>) -> Vec<Line> {
    lines.retain(|line| line.at.is_finite() && line.from.is_finite() && line.to.is_finite());
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut tidied = Vec::new();
    let mut rest = &lines[..];
    while let Some(first) = rest.first() {
        let count = rest.partition_point(|line| line.at - first.at <= SNAP);
        let (together, after) = rest.split_at(count);
        join_pieces(together, &mut tidied);
        rest = after;
    }
    tidied.retain(|line| SHORTEST <= line.to - line.from);
    tidied
}

fn join_pieces(together: &[Line], tidied: &mut Vec<Line>) {
    let length = |line: &Line| (line.to - line.from).max(0.01);
    let total: f64 = together.iter().map(length).sum();
    let at = together.iter().map(|line| line.at * length(line)).sum::<f64>() / total;
    let mut pieces = together.to_vec();
    pieces.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut open: Option<Line> = None;
    for piece in pieces {
        match &mut open {
            Some(line) if piece.from <= line.to + REACH => line.to = line.to.max(piece.to),
            _ => tidied.extend(open.replace(Line { at, ..piece })),
        }
    }
    tidied.extend(open);
}

fn meet(across: &Line, down: &Line) -> bool {
    let spans = |line: &Line, at: f64| line.from - REACH <= at && at <= line.to + REACH;
    spans(across, down.at) && spans(down, across.at)
}

type Component = (Vec<Line>, Vec<Line>);

/// Groups lines that meet, directly or through others.
fn components(
    across: &[Line],
    down: &[Line],
    deadline: &Deadline,
) -> Result<Vec<Component>, ReadError> {
    let mut groups = Groups::new(across.len() + down.len());
    for (i, line) in across.iter().enumerate() {
        deadline.check()?;
        for (j, other) in down.iter().enumerate() {
            if meet(line, other) {
                groups.join(i, across.len() + j);
            }
        }
    }
    let mut components: BTreeMap<usize, Component> = BTreeMap::new();
    for (i, line) in across.iter().enumerate() {
        components.entry(groups.root(i)).or_default().0.push(*line);
    }
    for (j, line) in down.iter().enumerate() {
        components.entry(groups.root(across.len() + j)).or_default().1.push(*line);
    }
    Ok(components.into_values().filter(|(a, d)| 2 <= a.len() && !d.is_empty()).collect())
}

/// Things joined into groups.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.parents[index] != index {
            self.parents[index] = self.parents[self.parents[index]];
            index = self.parents[index];
        }
        index
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

/// The edges that `lines` make, and the outermost ends of the lines `crossing` them: tables whose
/// sides are open still have sides.
fn edges(lines: &[Line], crossing: &[Line]) -> Vec<f64> {
    let from = crossing.iter().map(|line| line.from).fold(f64::INFINITY, f64::min);
    let to = crossing.iter().map(|line| line.to).fold(f64::NEG_INFINITY, f64::max);
    let mut edges: Vec<f64> = lines.iter().map(|line| line.at).collect();
    edges.sort_by(f64::total_cmp);
    if edges.first().is_none_or(|first| from < first - 2.0 * REACH) {
        edges.insert(0, from);
    }
    if edges.last().is_none_or(|last| last + 2.0 * REACH < to) {
        edges.push(to);
    }
    edges.dedup_by(|a, b| *a - *b <= SNAP);
    edges
}

/// Joins the grid places that no line parts.
fn build(
    xs: Vec<f64>,
    ys: Vec<f64>,
    across: &[Line],
    down: &[Line],
    deadline: &Deadline,
) -> Result<Ruling, ReadError> {
    let (rows, columns) = (ys.len() - 1, xs.len() - 1);
    let mut groups = Groups::new(rows * columns);
    let under = walls(across, &ys, &xs, deadline)?;
    let right = walls(down, &xs, &ys, deadline)?;
    for row in 0..rows {
        deadline.check()?;
        for column in 0..columns {
            let place = row * columns + column;
            if row + 1 < rows && !under[(row + 1) * columns + column] {
                groups.join(place, place + columns);
            }
            if column + 1 < columns && !right[(column + 1) * rows + row] {
                groups.join(place, place + 1);
            }
        }
    }
    let roots: Vec<usize> = (0..rows * columns).map(|place| groups.root(place)).collect();
    deadline.check()?;
    let (regions, owners) = regions(&roots, rows, columns);
    Ok(Ruling { xs, ys, regions, owners })
}

/// For each edge and each stretch along it: whether a line stands there.
fn walls(
    lines: &[Line],
    edges: &[f64],
    stretches: &[f64],
    deadline: &Deadline,
) -> Result<Vec<bool>, ReadError> {
    let count = stretches.len() - 1;
    let mut walls = vec![false; edges.len() * count];
    for line in lines {
        deadline.check()?;
        let edge = nearest(edges, line.at);
        let first = stretches.partition_point(|end| *end <= line.from).saturating_sub(1);
        let reached = stretches[first..].windows(2).take_while(|stretch| stretch[0] < line.to);
        for (index, stretch) in reached.enumerate() {
            let covered = line.to.min(stretch[1]) - line.from.max(stretch[0]);
            if 0.6 * (stretch[1] - stretch[0]) <= covered {
                walls[edge * count + first + index] = true;
            }
        }
    }
    Ok(walls)
}

/// The edge of ascending `edges` that is nearest.
pub(super) fn nearest(edges: &[f64], at: f64) -> usize {
    let after = edges.partition_point(|edge| *edge < at).min(edges.len().saturating_sub(1));
    let before = after.saturating_sub(1);
    if at - edges[before] <= (edges[after] - at).abs() { before } else { after }
}

/// Makes rectangles of the groups; a group that is none falls apart into its rows.
fn regions(roots: &[usize], rows: usize, columns: usize) -> (Vec<Region>, Vec<usize>) {
    let mut bounds: BTreeMap<usize, (Region, usize)> = BTreeMap::new();
    for (place, root) in roots.iter().enumerate() {
        let (row, column) = (place / columns, place % columns);
        let new = (Region { row, column, rows: 1, columns: 1 }, 0);
        let (region, count) = bounds.entry(*root).or_insert(new);
        let right = (region.column + region.columns).max(column + 1);
        region.column = region.column.min(column);
        region.columns = right - region.column;
        region.rows = row + 1 - region.row;
        *count += 1;
    }
    let mut found = Vec::new();
    let mut owners = vec![usize::MAX; rows * columns];
    for place in 0..rows * columns {
        if owners[place] != usize::MAX {
            continue;
        }
        let (whole, count) = bounds[&roots[place]];
        let region = if whole.rows * whole.columns == count {
            whole
        } else {
            let (row, column) = (place / columns, place % columns);
            let same = |c: &usize| roots[row * columns + c] == roots[place];
            Region { row, column, rows: 1, columns: (column..columns).take_while(same).count() }
        };
        for row in region.row..region.row + region.rows {
            let first = row * columns + region.column;
            owners[first..first + region.columns].fill(found.len());
        }
        found.push(region);
    }
    (found, owners)
}
