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

/// Splits runs of digits into `parts` numbers, from the right to the left, and gives every way
/// that stays `possible`; `None` where there are too many ways to look at.
///
/// `possible` is asked about the numbers found so far, the last column first.
pub fn solutions(
    runs: &[String],
    parts: usize,
    possible: &dyn Fn(&[u64]) -> bool,
) -> Option<Vec<Vec<u64>>> {
    let digits: usize = runs.iter().map(String::len).sum();
    if digits < parts || MOST_DIGITS < digits || parts < runs.len() {
        return Some(Vec::new());
    }
    let mut search =
        Search { runs, parts, possible, numbers: Vec::new(), found: Vec::new(), steps: 0 };
    search.descend(runs.len() - 1, runs[runs.len() - 1].len());
    let given_up = MOST_STEPS <= search.steps || MOST_SOLUTIONS < search.found.len();
    (!given_up).then_some(search.found)
}

/// A search is given up after so many steps.
const MOST_STEPS: usize = 300_000;

struct Search<'a> {
    runs: &'a [String],
    parts: usize,
    possible: &'a dyn Fn(&[u64]) -> bool,
    /// Last column first.
    numbers: Vec<u64>,
    found: Vec<Vec<u64>>,
    steps: usize,
}

impl Search<'_> {
    /// Takes the next number off the end of what is left: `until` digits of `run`, and the runs
    /// before it.
    fn descend(&mut self, run: usize, until: usize) {
        let text = &self.runs[run];
        let left = self.parts - self.numbers.len();
        let digits_left = until + self.runs[..run].iter().map(String::len).sum::<usize>();
        if left < run + 1 || digits_left < left {
            return;
        }
        for start in (until.saturating_sub(MOST_NUMBER_DIGITS)..until).rev() {
            self.steps += 1;
            if MOST_SOLUTIONS < self.found.len() || MOST_STEPS <= self.steps {
                return;
            }
            let number = &text[start..until];
            if number.len() > 1 && number.starts_with('0') {
                continue;
            }
            let Ok(number) = number.parse() else { continue };
            self.numbers.push(number);
            if (self.possible)(&self.numbers) {
                self.next(run, start);
            }
            self.numbers.pop();
        }
    }

    fn next(&mut self, run: usize, start: usize) {
        match (self.numbers.len() == self.parts, start, run) {
            (true, 0, 0) => self.found.push(self.numbers.iter().rev().copied().collect()),
            (true, ..) | (false, 0, 0) => {}
            (false, 0, _) => self.descend(run - 1, self.runs[run - 1].len()),
            (false, ..) => self.descend(run, start),
        }
    }
}

/// No figure has more digits.
const MOST_NUMBER_DIGITS: usize = 12;

/// The sums along one row, as positions counted from the last column.
pub struct RowSums {
    sums: Vec<(Vec<usize>, Vec<usize>)>,
}

impl RowSums {
    /// The relations of a table that run along a row.
    pub fn of(table: &Table, row: usize) -> Self {
        let columns = table.columns(row);
        let places = |terms: &[String]| -> Option<Vec<usize>> {
            let at = |term: &String| columns.iter().rev().position(|column| column.key == *term);
            terms.iter().map(at).collect()
        };
        let relations = table
            .relations
            .iter()
            .filter(|relation| relation.across == Across::Rows && relation.op == Operator::Equal);
        let sums = relations
            .filter_map(|each| Some((places(&each.left)?, places(&each.right)?)))
            .collect();
        Self { sums }
    }

    /// Whether numbers, the last column first, may keep the sums: what is known of a sum is not
    /// larger than its total, and equal once all is known.
    pub fn may_hold(&self, reversed: &[u64]) -> bool {
        if self.sums.is_empty() {
            // No sum tells the parts: only zeros part in one way.
            return reversed.iter().all(|number| *number == 0);
        }
        let known =
            |places: &[usize]| -> u64 { places.iter().filter_map(|at| reversed.get(*at)).sum() };
        let all = |places: &[usize]| places.iter().all(|at| *at < reversed.len());
        self.sums.iter().all(|(left, right)| match (all(left), all(right)) {
            (false, _) => true,
            (true, false) => known(right) <= known(left),
            (true, true) => known(right) == known(left),
        })
    }
}

/// Splits the glued rows of a table together. `known` gives the values of rows read surely.
pub fn split_rows(
    table: &Table,
    glued: &[GluedRow],
    known: &dyn Fn(usize, usize) -> Option<Decimal>,
) -> Vec<Split> {
    let found: Vec<Option<Vec<Vec<u64>>>> = glued
        .iter()
        .map(|each| {
            let parts = table.columns(each.row).len();
            let sums = RowSums::of(table, each.row);
            solutions(&each.runs, parts, &|numbers| sums.may_hold(numbers))
        })
        .collect();
    let given_up: Vec<bool> = found.iter().map(Option::is_none).collect();
    let candidates: Vec<Vec<Vec<u64>>> = found.into_iter().map(Option::unwrap_or_default).collect();
    let searched: Vec<usize> = (0..glued.len()).filter(|at| !candidates[*at].is_empty()).collect();
    let combinations: usize = searched
        .iter()
        .map(|at| candidates[*at].len())
        .try_fold(1_usize, |product, count| product.checked_mul(count))
        .filter(|product| *product <= MOST_COMBINATIONS)
        .unwrap_or(0);
    let joint = Joint {
        table,
        glued,
        candidates: &candidates,
        given_up: &given_up,
        searched: &searched,
        known,
    };
    let kept: Vec<Vec<usize>> = (0..combinations)
        .map(|number| joint.choice(number))
        .filter(|choice| joint.keeps(choice))
        .collect();
    (0..glued.len())
        .map(|at| match searched.iter().position(|each| *each == at) {
            Some(position) => joint.verdict(position, &kept, combinations),
            None if given_up[at] => Split::Several,
            None => Split::None,
        })
        .collect()
}

struct Joint<'a> {
    table: &'a Table,
    glued: &'a [GluedRow],
    candidates: &'a [Vec<Vec<u64>>],
    /// Rows with more ways than were looked at.
    given_up: &'a [bool],
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
        let has_none = |each: usize| self.candidates[each].is_empty() && !self.given_up[each];
        if !forced && (0..self.candidates.len()).any(has_none) {
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
