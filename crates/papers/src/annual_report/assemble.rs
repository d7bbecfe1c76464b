//! Puts the pieces together: which values stand behind which row label, table by table.

use super::found::{Found, HeaderCell, HeaderYear, RemedyItem, RowRecord, Slot};
use super::labels::{LABELS, Target, split_numbering};
use super::rows::{Origin, PhysicalRow};
use super::scan::{Kind, Piece, scan};
use super::value::{CellValue, named_year};
use super::words::{join_broken_labels, resolve, without_group};
use gongkai_domain::figure::Place;
use gongkai_domain::form::TableKind;

/// The rows of figures of a document.
pub fn assemble(rows: &[PhysicalRow]) -> Found {
    let mut scanned: Vec<Vec<Piece>> = rows.iter().map(scan).collect();
    join_broken_labels(rows, &mut scanned);
    let mut assembler = Assembler::default();
    assembler.found.tabular = vec![false; rows.len()];
    for (index, (row, pieces)) in rows.iter().zip(&scanned).enumerate() {
        assembler.row(index, row, pieces);
    }
    assembler.drop_unlabelled();
    assembler.found
}

/// So many figures before the first label are the figures of a row.
const FEWEST_STRAY: usize = 3;
/// Values whose label is not yet told.
struct Unlabelled {
    head: String,
    slots: Vec<Slot>,
    place: Place,
    origin: Origin,
    lines: usize,
    index: usize,
}

#[derive(Default)]
struct Assembler {
    found: Found,
    context: Option<TableKind>,
    /// Number of the physical row at hand.
    physical: usize,
    /// Whether rows of table three have begun, so that 总计 and 其他 may be rows.
    requests_begun: bool,
    /// Index of a row still waiting for its values in following lines.
    open: Option<usize>,
    /// Words on lines of their own since the last row, with their row index.
    pending: Vec<(usize, String)>,
    unlabelled: Option<Unlabelled>,
    /// Values that stood before the first row of the table at hand.
    stray: usize,
}

impl Assembler {
    fn row(&mut self, index: usize, row: &PhysicalRow, pieces: &[Piece]) {
        self.physical = index;
        if pieces.is_empty() {
            self.found.tabular[index] = !row.cells.is_empty();
            return;
        }
        if let [only] = pieces {
            match &only.kind {
                Kind::Heading(number) => return self.heading(*number),
                Kind::Prose => return self.prose(only),
                Kind::Fragment => return self.fragment(index, row, only),
                _ => {}
            }
        }
        let targets = self.targets(pieces);
        let is_row = |target: &Option<Target>| matches!(target, Some(Target::Row(kind, _)) if *kind != TableKind::Remedies);
        let values = pieces.iter().any(|piece| matches!(piece.kind, Kind::Value(_)));
        let labels = targets.iter().any(Option::is_some);
        self.found.tabular[index] = true;
        if targets.iter().any(is_row) {
            self.drop_unlabelled();
            self.labelled(row, pieces, &targets);
        } else if labels {
            self.drop_unlabelled();
            self.header(row, pieces, &targets);
        } else if values {
            self.values(index, row, pieces);
        } else {
            self.found.tabular[index] = row.origin == Origin::Grid && self.context.is_some();
            self.years(row, pieces);
            self.note_debris(pieces);
        }
    }

    fn heading(&mut self, number: u8) {
        self.open = None;
        self.stray = 0;
        self.pending.clear();
        self.drop_unlabelled();
        self.context = match number {
            2 => Some(TableKind::Proactive),
            3 => Some(TableKind::Requests),
            4 => Some(TableKind::Remedies),
            _ => None,
        };
    }

    fn prose(&mut self, piece: &Piece) {
        self.open = None;
        self.pending.clear();
        self.drop_unlabelled();
        if 25 <= piece.plain.chars().count() && !self.found.remedies.is_empty() {
            self.context = None;
        }
    }

    /// What each label piece stands for here.
    fn targets(&self, pieces: &[Piece]) -> Vec<Option<Target>> {
        let mut context = self.context;
        let mut begun = self.requests_begun;
        let mut targets: Vec<Option<Target>> = Vec::with_capacity(pieces.len());
        for (index, piece) in pieces.iter().enumerate() {
            let Kind::Label(label) = &piece.kind else {
                targets.push(None);
                continue;
            };
            let beside_header = targets[..index]
                .iter()
                .rev()
                .find_map(|target| *target)
                .is_some_and(|target| matches!(target, Target::Column(..) | Target::Head(_)));
            let after_header = beside_header
                || (index == 0
                    && self.open.is_none()
                    && self.found.headers.last().is_some_and(|header| {
                        header.before == self.found.rows.len()
                            && header.target.table() == TableKind::Requests
                    }));
            let target = resolve(label, context, begun && !after_header);
            context = target.map(Target::table).or(context);
            begun |= matches!(target, Some(Target::Row(TableKind::Requests, _)));
            targets.push(target);
        }
        targets
    }

    /// A physical row with one or more row labels; values belong to the label on their left.
    fn labelled(&mut self, row: &PhysicalRow, pieces: &[Piece], targets: &[Option<Target>]) {
        self.open = None;
        self.pending.clear();
        let mut current: Option<usize> = None;
        for (index, (piece, target)) in pieces.iter().zip(targets).enumerate() {
            match target {
                Some(Target::Row(table, key)) if *table != TableKind::Remedies => {
                    self.context = Some(*table);
                    self.requests_begun |= *table == TableKind::Requests;
                    if FEWEST_STRAY <= std::mem::take(&mut self.stray) {
                        self.found.values_first.push(*table);
                    }
                    self.found.rows.push(RowRecord {
                        table: *table,
                        row: key,
                        origin: row.origin,
                        grid: row.table,
                        depth: index + 1,
                        slots: Vec::new(),
                        place: piece.place,
                    });
                    current = Some(self.found.rows.len() - 1);
                }
                Some(target) => {
                    current = None;
                    self.note_header(row, piece, *target);
                }
                // Words between the figures of a line are a label that is not known: what follows
                // is not the known label's.
                None if row.origin == Origin::Line && matches!(piece.kind, Kind::Fragment) => {
                    current = None;
                    self.years(row, std::slice::from_ref(piece));
                }
                None => match current {
                    Some(current) => {
                        self.found.rows[current].slots.push(slot(piece, self.physical))
                    }
                    None => self.value_of_remedies(piece),
                },
            }
        }
        self.open = current.filter(|at| self.found.rows[*at].slots.is_empty());
    }

    fn header(&mut self, row: &PhysicalRow, pieces: &[Piece], targets: &[Option<Target>]) {
        self.open = None;
        self.pending.clear();
        for (piece, target) in pieces.iter().zip(targets) {
            match target {
                Some(target) => self.note_header(row, piece, *target),
                None => self.value_of_remedies(piece),
            }
        }
        if let [Some(Target::Group(..)), figures @ ..] = targets
            && let Some(figure) = pieces[1..].iter().find(|piece| is_value(piece))
        {
            self.doubt_broken(row, "", figures.len(), figure.place);
        }
        self.years(row, pieces);
    }

    fn note_header(&mut self, row: &PhysicalRow, piece: &Piece, target: Target) {
        self.context = Some(target.table());
        match target {
            Target::Row(TableKind::Remedies, key) => {
                return self.found.remedies.push(RemedyItem::Block(key));
            }
            Target::Column(TableKind::Remedies, key) => {
                return self.found.remedies.push(RemedyItem::Column(key));
            }
            Target::Head(TableKind::Remedies) => self.found.remedies.push(RemedyItem::Head),
            Target::Group(..) => return,
            _ => {}
        }
        let Kind::Label(label) = &piece.kind else { return };
        let forms = label.meanings.iter().find(|each| each.target == target);
        self.found.headers.push(HeaderCell {
            target,
            text: piece.plain.to_string(),
            forms: forms.map_or(&[], |meaning| &meaning.forms),
            grid: if row.origin == Origin::Grid { row.table } else { 0 },
            column: piece.column,
            before: self.found.rows.len(),
        });
    }

    /// In table four values stand below the header, and damaged header words between.
    fn value_of_remedies(&mut self, piece: &Piece) {
        if self.context != Some(TableKind::Remedies) {
            return;
        }
        match piece.kind {
            Kind::Value(_) => {
                self.found.remedies.push(RemedyItem::Slot(slot(piece, self.physical)))
            }
            _ => self.found.header_debris.push(piece.place),
        }
    }

    /// Years over columns; elsewhere a year says nothing about a table.
    fn years(&mut self, row: &PhysicalRow, pieces: &[Piece]) {
        let Some(table) = self.context else { return };
        let bare_years = 1 < pieces.iter().filter(|piece| is_value(piece)).count()
            && pieces.iter().filter(|piece| is_value(piece)).all(|piece| year_of(piece).is_some());
        for piece in pieces {
            let named = piece.plain.contains('年');
            let year = year_of(piece).filter(|_| named || bare_years);
            for year in year.into_iter().chain(years_behind(piece)) {
                self.found.years.push(HeaderYear {
                    year,
                    table,
                    grid: if row.origin == Origin::Grid { row.table } else { 0 },
                    before: self.found.rows.len(),
                    headers: self.found.headers.len(),
                });
            }
        }
    }

    /// A physical row without a label that has values.
    fn values(&mut self, index: usize, row: &PhysicalRow, pieces: &[Piece]) {
        self.years(row, pieces);
        if self.context == Some(TableKind::Remedies) {
            // In a row of figures a cell of words is a figure that cannot be read.
            let of_figures = row.origin == Origin::Grid
                && pieces.iter().filter(|piece| is_value(piece)).count() * 2 > pieces.len();
            return pieces.iter().for_each(|piece| match piece.kind {
                Kind::Fragment if of_figures => {
                    self.found.remedies.push(RemedyItem::Slot(slot(piece, self.physical)));
                }
                _ => self.value_of_remedies(piece),
            });
        }
        let words: Vec<&str> = pieces
            .iter()
            .filter(|piece| matches!(piece.kind, Kind::Fragment | Kind::Prose))
            .map(|piece| &*piece.plain)
            .collect();
        let slots: Vec<Slot> = pieces
            .iter()
            .filter(|piece| matches!(piece.kind, Kind::Value(_)))
            .map(|piece| slot(piece, self.physical))
            .collect();
        if let Some(open) = self.open
            && (words.is_empty()
                || self.found.rows[open].slots.is_empty() && !is_numbered(&words.concat()))
        {
            return self.found.rows[open].slots.extend(slots);
        }
        if let Some(first) = slots.first() {
            self.doubt_broken(row, &words.concat(), slots.len(), first.place);
        }
        let all_blank = slots.iter().all(|slot| slot.value == CellValue::Blank);
        if all_blank {
            self.found.tabular[index] = words.is_empty();
            return;
        }
        self.drop_unlabelled();
        if words.is_empty()
            && self.pending.is_empty()
            && !self.found.rows.iter().any(|each| Some(each.table) == self.context)
        {
            self.stray += slots.len();
        }
        let waiting = Unlabelled {
            head: words.concat(),
            slots,
            place: pieces[0].place,
            origin: row.origin,
            lines: 0,
            index,
        };
        self.found.tabular[index] = false;
        if let Some(waiting) = self.name(waiting) {
            self.unlabelled = Some(waiting);
        }
    }

    /// Figures right below the figures of a line that was complete: the rest of their digits, cell
    /// by cell, so that none of them is whole. Words beside them are the rest of the label; without
    /// words they stand under the figures, not at the margin as the number of a page does.
    fn doubt_broken(&mut self, row: &PhysicalRow, words: &str, count: usize, place: Place) {
        let above = self.physical.checked_sub(1);
        let Some(last) = self.found.rows.last_mut() else { return };
        let is_below = (row.origin, last.origin) == (Origin::Line, Origin::Line)
            && last.slots.last().is_some_and(|slot| Some(slot.physical) == above);
        let is_rest = match last.slots.first().map(|slot| slot.place.column) {
            Some(first) if words.is_empty() => Some(1) < first && first <= place.column,
            _ => count < last.slots.len() && (!is_numbered(words) || LABELS.begins_group(words)),
        };
        if is_below && is_rest {
            let filled = last.slots.iter_mut().filter(|slot| slot.value != CellValue::Blank);
            filled.for_each(|slot| slot.value = CellValue::Doubtful);
        }
    }

    /// Names a row of values by the words before it and in it; gives it back if it cannot.
    fn name(&mut self, waiting: Unlabelled) -> Option<Unlabelled> {
        for first in 0..=self.pending.len() {
            let before: String =
                self.pending[first..].iter().map(|(_, text)| text.as_str()).collect();
            let words = format!("{before}{}", waiting.head);
            let Some(found) = LABELS.find(&words).or_else(|| LABELS.find(without_group(&words)?))
            else {
                continue;
            };
            let target = resolve(&found, self.context, self.requests_begun);
            let Some(Target::Row(table, key)) = target else { continue };
            if table == TableKind::Remedies {
                continue;
            }
            for (index, _) in &self.pending[first..] {
                self.found.tabular[*index] = true;
            }
            self.found.tabular[waiting.index] = true;
            self.context = Some(table);
            self.requests_begun |= table == TableKind::Requests;
            self.pending.clear();
            self.found.rows.push(RowRecord {
                table,
                row: key,
                origin: waiting.origin,
                grid: 0,
                depth: 0,
                slots: waiting.slots,
                place: waiting.place,
            });
            return None;
        }
        Some(waiting)
    }

    /// Words on a line of their own: the rest of a broken label, or the beginning of one.
    fn fragment(&mut self, index: usize, row: &PhysicalRow, piece: &Piece) {
        self.open = None;
        self.found.tabular[index] = row.origin == Origin::Grid && self.context.is_some();
        if self.context == Some(TableKind::Remedies) && piece.plain.chars().count() <= 4 {
            self.found.header_debris.push(piece.place);
            self.found.tabular[index] = true;
        }
        self.years(row, std::slice::from_ref(piece));
        if let Some(mut waiting) = self.unlabelled.take() {
            waiting.head.push_str(&piece.plain);
            waiting.lines += 1;
            let again = waiting.lines < 3;
            match self.name(waiting) {
                None => {
                    self.found.tabular[index] = true;
                    return;
                }
                Some(waiting) if again => self.unlabelled = Some(waiting),
                Some(waiting) => self.give_up(&waiting),
            }
        }
        self.pending.push((index, piece.plain.to_string()));
        if 6 < self.pending.len() {
            self.pending.remove(0);
        }
    }

    fn drop_unlabelled(&mut self) {
        if let Some(waiting) = self.unlabelled.take() {
            self.give_up(&waiting);
        }
    }

    fn give_up(&mut self, waiting: &Unlabelled) {
        let columns = 7;
        if self.context.is_some() && columns <= waiting.slots.len() {
            self.found.tabular[waiting.index] = true;
            self.found.unlabelled.push(waiting.place);
        }
    }

    fn note_debris(&mut self, pieces: &[Piece]) {
        if self.context == Some(TableKind::Remedies) {
            self.found.header_debris.extend(pieces.iter().map(|piece| piece.place));
        }
    }
}

/// Whether words begin an item of their own: they are not the rest of the label before them.
fn is_numbered(words: &str) -> bool {
    split_numbering(words).0.is_some()
}

fn is_value(piece: &Piece) -> bool {
    matches!(&piece.kind, Kind::Value(value) if *value != CellValue::Blank)
}

/// The year that a header cell names: `2023年`, `2023年度`, `2023`.
fn year_of(piece: &Piece) -> Option<i16> {
    if !piece.plain.contains('2') {
        return None;
    }
    let words: String = piece.plain.chars().filter(|each| !each.is_whitespace()).collect();
    let year = match (&piece.kind, words.find('年')) {
        (Kind::Label(_), Some(at)) => words.get(at.checked_sub(4)?..at)?.parse().ok()?,
        (Kind::Label(_), None) => return None,
        _ => words.trim_end_matches(['年', '度']).parse().ok()?,
    };
    (2008..=2050).contains(&year).then_some(year)
}

/// The years at the end of words that were not parted: `信息内容 2022年 2023年`.
fn years_behind(piece: &Piece) -> Vec<i16> {
    let words = matches!(piece.kind, Kind::Fragment).then_some(&*piece.plain);
    let mut years: Vec<i16> = words
        .into_iter()
        .flat_map(|words| words.split_whitespace().rev().map_while(named_year))
        .collect();
    years.reverse();
    if years.len() < 2 { Vec::new() } else { years }
}

fn slot(piece: &Piece, physical: usize) -> Slot {
    let value = match &piece.kind {
        Kind::Value(value) => value.clone(),
        _ => CellValue::Doubtful,
    };
    Slot {
        value,
        raw: piece.raw.clone(),
        column: piece.column,
        span: piece.span,
        physical,
        place: piece.place,
    }
}
