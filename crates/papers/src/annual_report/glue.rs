//! Splits digits that were run together, by a small exact search over the identities of the form.

use gongkai_domain::form::{Across, Operator, Table};
use rust_decimal::Decimal;

/// A row whose digits are run together, wholly or partly.
#[derive(Clone, Debug)]
pub struct GluedRow {
    /// Position of the row in its table.
    pub row: usize,
    /// The runs of digits, left to right.
    pub runs: Vec<String>,
}

/// What the search came to for one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// The one solution.
    Unique(Vec<u64>),
    /// More than one solution.
    Several,
    /// No solution keeps the identities.
    None,
    /// One solution, but another row of the paper does not add up, so sums prove nothing here.
    Unproved,
}

/// No row is split in more ways than this.
const MOST_SOLUTIONS: usize = 64;
/// No more combinations of rows than this are tried.
const MOST_COMBINATIONS: usize = 20_000;
/// Longer runs of digits are not searched.
const MOST_DIGITS: usize = 40;

/// Splits runs of digits into `parts` numbers that satisfy `keeps`, up to a bound of solutions.
pub fn solutions(runs: &[String], parts: usize, keeps: &dyn Fn(&[u64]) -> bool) -> Vec<Vec<u64>> {
    let digits: usize = runs.iter().map(String::len).sum();
    let mut found = Vec::new();
    if digits < parts || MOST_DIGITS < digits || parts < runs.len() {
        return found;
    }
    let mut search =
        Search { runs, parts, keeps, numbers: Vec::new(), found: &mut found, steps: 0 };
    search.descend(0, 0);
    found
}

/// Gives up a search after this many steps; the row is then not repaired.
const MOST_STEPS: usize = 2_000_000;

struct Search<'a> {
    runs: &'a [String],
    parts: usize,
    keeps: &'a dyn Fn(&[u64]) -> bool,
    numbers: Vec<u64>,
    found: &'a mut Vec<Vec<u64>>,
    steps: usize,
}

impl Search<'_> {
    fn descend(&mut self, run: usize, from: usize) {
        self.steps += 1;
        if MOST_SOLUTIONS <= self.found.len() || MOST_STEPS <= self.steps {
            return;
        }
        if run == self.runs.len() {
            if self.numbers.len() == self.parts && (self.keeps)(&self.numbers) {
                self.found.push(self.numbers.clone());
            }
            return;
        }
        let text = &self.runs[run];
        let rest = &self.runs[run + 1..];
        let left = self.parts - self.numbers.len();
        let digits_left: usize = text.len() - from + rest.iter().map(String::len).sum::<usize>();
        if left < rest.len() + 1 || digits_left < left {
            return;
        }
        let longest = if text.as_bytes()[from] == b'0' { 1 } else { (text.len() - from).min(12) };
        for length in 1..=longest {
            let end = from + length;
            let Ok(number) = text[from..end].parse() else { return };
            self.numbers.push(number);
            if end == text.len() {
                self.descend(run + 1, 0);
            } else {
                self.descend(run, end);
            }
            self.numbers.pop();
        }
    }
}

/// Whether the numbers of one row keep every relation of the table that runs along rows.
pub fn row_keeps(table: &Table, row: usize, numbers: &[u64]) -> bool {
    let columns = table.columns(row);
    let sum = |terms: &[String]| -> u64 {
        let at = |term: &String| columns.iter().position(|column| column.key == *term);
        terms.iter().filter_map(at).filter_map(|at| numbers.get(at)).sum()
    };
    let mut relations = table
        .relations
        .iter()
        .filter(|relation| relation.across == Across::Rows && relation.op == Operator::Equal)
        .peekable();
    match relations.peek() {
        Some(_) => relations.all(|relation| sum(&relation.left) == sum(&relation.right)),
        // No sum tells the parts: only zeros part in one way.
        None => numbers.iter().all(|number| *number == 0),
    }
}

/// Splits the glued rows of a table together. `known` gives the values of rows read surely.
pub fn split_rows(
    table: &Table,
    glued: &[GluedRow],
    known: &dyn Fn(usize, usize) -> Option<Decimal>,
) -> Vec<Split> {
    let candidates: Vec<Vec<Vec<u64>>> = glued
        .iter()
        .map(|each| {
            let parts = table.columns(each.row).len();
            solutions(&each.runs, parts, &|numbers| row_keeps(table, each.row, numbers))
        })
        .collect();
    let searched: Vec<usize> = (0..glued.len())
        .filter(|at| (1..MOST_SOLUTIONS).contains(&candidates[*at].len()))
        .collect();
    let combinations: usize = searched
        .iter()
        .map(|at| candidates[*at].len())
        .try_fold(1_usize, |product, count| product.checked_mul(count))
        .filter(|product| *product <= MOST_COMBINATIONS)
        .unwrap_or(0);
    let joint = Joint { table, glued, candidates: &candidates, searched: &searched, known };
    let kept: Vec<Vec<usize>> = (0..combinations)
        .map(|number| joint.choice(number))
        .filter(|choice| joint.keeps(choice))
        .collect();
    (0..glued.len())
        .map(|at| match searched.iter().position(|each| *each == at) {
            Some(position) => joint.verdict(position, &kept, combinations),
            None if candidates[at].is_empty() => Split::None,
            None => Split::Several,
        })
        .collect()
}

struct Joint<'a> {
    table: &'a Table,
    glued: &'a [GluedRow],
    candidates: &'a [Vec<Vec<u64>>],
    searched: &'a [usize],
    known: &'a dyn Fn(usize, usize) -> Option<Decimal>,
}

impl Joint<'_> {
    /// The number of a combination as one solution per searched row.
    fn choice(&self, mut number: usize) -> Vec<usize> {
        self.searched
            .iter()
            .map(|at| {
                let count = self.candidates[*at].len();
                let chosen = number % count;
                number /= count;
                chosen
            })
            .collect()
    }

    /// Whether every relation along columns holds, as far as its rows are known.
    fn keeps(&self, choice: &[usize]) -> bool {
        let value = |row: usize, column: usize| match self
            .searched
            .iter()
            .position(|at| self.glued[*at].row == row)
        {
            Some(position) => {
                let solution = &self.candidates[self.searched[position]][choice[position]];
                Some(Decimal::from(solution[column]))
            }
            None => (self.known)(row, column),
        };
        let relations = self.table.relations.iter().filter(|relation| {
            relation.across == Across::Columns && relation.op == Operator::Equal
        });
        relations.into_iter().all(|relation| {
            let sum = |terms: &[String], column: usize| -> Option<Decimal> {
                terms.iter().map(|term| value(self.table.row(term)?, column)).sum()
            };
            (0..self.table.blocks[0].columns.len()).all(|column| {
                match (sum(&relation.left, column), sum(&relation.right, column)) {
                    (Some(left), Some(right)) => left == right,
                    _ => true,
                }
            })
        })
    }

    /// Whether some relation along columns has all its rows, this one among them.
    fn is_proved(&self, row: usize) -> bool {
        let there = |term: &String| {
            self.table.row(term).is_some_and(|each| {
                self.searched.iter().any(|at| self.glued[*at].row == each)
                    || (self.known)(each, 0).is_some()
            })
        };
        let key = &self.table.rows[row].key;
        self.table.relations.iter().any(|relation| {
            let mut terms = relation.left.iter().chain(&relation.right);
            relation.across == Across::Columns
                && relation.left.iter().chain(&relation.right).any(|term| term == key)
                && terms.all(there)
        })
    }

    fn verdict(&self, position: usize, kept: &[Vec<usize>], combinations: usize) -> Split {
        let at = self.searched[position];
        let solutions = &self.candidates[at];
        let parts = self.table.columns(self.glued[at].row).len();
        let digits: usize = self.glued[at].runs.iter().map(String::len).sum();
        let forced = digits == parts && solutions.len() == 1;
        let partly = 1 < self.glued[at].runs.len();
        if partly && !self.is_proved(self.glued[at].row) {
            return Split::Several;
        }
        if !forced && self.candidates.iter().any(Vec::is_empty) {
            return Split::Unproved;
        }
        let mut chosen = kept.iter().map(|choice| choice[position]);
        match chosen.next() {
            Some(first) if chosen.all(|each| each == first) => {
                Split::Unique(solutions[first].clone())
            }
            Some(_) => Split::Several,
            // One digit a cell leaves no choice, whatever the columns say.
            None if forced => Split::Unique(solutions[0].clone()),
            None if combinations == 0 => Split::Several,
            None => Split::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongkai_domain::form::{TableKind, forms};

    fn table() -> &'static Table {
        forms()[1].table(TableKind::Requests)
    }

    fn split(runs: &[(&str, &str)]) -> Vec<Split> {
        let glued: Vec<GluedRow> = runs
            .iter()
            .map(|(row, digits)| GluedRow {
                row: table().row(row).expect("a row of the form"),
                runs: digits.split(' ').map(str::to_owned).collect(),
            })
            .collect();
        split_rows(table(), &glued, &|_, _| None)
    }

    #[test]
    fn a_row_is_split_where_its_sum_allows_one_way_only() {
        assert_eq!(
            split(&[("received", "21710000218")]),
            [Split::Unique(vec![217, 1, 0, 0, 0, 0, 218])]
        );
        assert_eq!(split(&[("received", "0000000")]), [Split::Unique(vec![0; 7])]);
    }

    #[test]
    fn a_row_that_keeps_no_sum_is_not_split() {
        assert_eq!(split(&[("received", "1200001")]), [Split::None]);
        assert_eq!(split(&[("received", "123")]), [Split::None]);
    }

    #[test]
    fn several_ways_stay_several() {
        // 11 + 0 + 0 … = 11 and 1 + 10 + 0 … = 11.
        assert_eq!(split(&[("received", "110000011")]), [Split::Several]);
    }
}
