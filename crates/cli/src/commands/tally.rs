//! Counts findings: by severity, and those that could not be judged.

use super::Ending;
use gongkai_domain::finding::{Finding, Severity, Verdict};
use std::fmt;
use std::ops::AddAssign;

/// How many findings there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Faults.
    pub errors: usize,
    /// Probable faults.
    pub warnings: usize,
    /// For information.
    pub notes: usize,
    /// Not assessable.
    pub not_assessable: usize,
}

impl Tally {
    /// Counts findings; what holds does not count.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut tally = Self::default();
        for finding in findings {
            match (finding.verdict, finding.severity) {
                (Verdict::Holds, _) => {}
                (Verdict::NotAssessable, _) => tally.not_assessable += 1,
                (_, Severity::Error) => tally.errors += 1,
                (_, Severity::Warning) => tally.warnings += 1,
                (_, Severity::Note) => tally.notes += 1,
            }
        }
        tally
    }

    /// Notes and what could not be judged are no fault.
    pub fn ending(self) -> Ending {
        if self.errors + self.warnings == 0 { Ending::Done } else { Ending::FoundWrong }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.not_assessable += other.not_assessable;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::default() {
            return f.write_str("未发现问题");
        }
        write!(f, "错误 {}，警告 {}，提示 {}", self.errors, self.warnings, self.notes)?;
        match self.not_assessable {
            0 => Ok(()),
            n => write!(f, "；不能核对 {n} 项"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_alone_is_no_fault() {
        let note = Finding::of("R-repaired", Verdict::Uncertain, "已拆分");
        let lost = Finding::of("R-lost", Verdict::NotAssessable, "丢失");
        let tally = Tally::of([&note, &lost]);
        assert_eq!(tally.to_string(), "错误 0，警告 0，提示 1；不能核对 1 项");
        assert_eq!(tally.ending(), Ending::Done);
    }

    #[test]
    fn a_doubt_of_weight_is_a_fault() {
        let doubt = Finding::of("R-uncertain", Verdict::Uncertain, "不能确定");
        assert_eq!(Tally::of([&doubt]).ending(), Ending::FoundWrong);
    }

    #[test]
    fn what_holds_is_not_counted() {
        let holds = Finding::of("R-uncertain", Verdict::Holds, "成立");
        assert_eq!(Tally::of([&holds]).to_string(), "未发现问题");
    }
}
