//! Settings of how long personal data of requests is kept. The figures of reports never change with
//! them, and the archive package stays unless it is asked for otherwise.

use serde::{Deserialize, Serialize};

/// How long personal data of requests is kept; 0 keeps it for ever.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Years after the last answer until names, numbers, contacts and the working copies of papers and
    /// files of an archived request go.
    pub personal_years: u16,
    /// The same for a request that was withdrawn, archived or not.
    pub withdrawn_years: u16,
    /// Years after the last answer until its archive package goes as well.
    pub package_years: u16,
    /// Days until a file goes that was sent and that no request came to name.
    pub loose_file_days: u16,
    /// Days until what was typed goes for which something public was suggested; that it was suggested
    /// stays counted.
    pub suggestion_days: u16,
    /// Days before its time that a request stands in the list of what will go.
    pub notice_days: u16,
}

impl Default for Retention {
    /// Five years: nobody can sue later than that after the act (行政诉讼法 46(2)), and until then who
    /// asked must be known. A withdrawn request leaves nothing to sue over: a year, so that the annual
    /// report in which it counts is out. Packages stay: how long files of an archive are kept is laid
    /// down by the archive's own schedule. A form is filled in within two days or not at all. What
    /// people look for is of use to the office for a quarter. A month's notice is time to look at the
    /// list and to archive what is not.
    fn default() -> Self {
        Self {
            personal_years: 5,
            withdrawn_years: 1,
            package_years: 0,
            loose_file_days: 2,
            suggestion_days: 90,
            notice_days: 30,
        }
    }
}

/// Longer than any file of an office is kept, but for ever is 0.
const MOST_YEARS: u16 = 100;

impl Retention {
    /// Names the first field whose value cannot be used.
    ///
    /// # Errors
    /// The field and the reason.
    pub fn validate(&self) -> Result<(), String> {
        let years = [
            ("personal_years", self.personal_years),
            ("withdrawn_years", self.withdrawn_years),
            ("package_years", self.package_years),
        ];
        if let Some((field, _)) = years.iter().find(|(_, years)| MOST_YEARS < *years) {
            return Err(format!("retention.{field} 最多 {MOST_YEARS} 年；写 0 是一直保存"));
        }
        let is_early = self.package_years != 0
            && (self.personal_years == 0 || self.package_years < self.personal_years);
        if is_early {
            let reason = "归档包不能早于个人信息删除";
            return Err(format!("retention.package_years {reason}；写 0 是一直保存"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_does_not_go_before_the_data_it_stands_in_for() {
        assert_eq!(Retention::default().validate(), Ok(()));
        let early = Retention { package_years: 4, ..Retention::default() };
        assert!(early.validate().is_err_and(|reason| reason.contains("package_years")));
        let never = Retention { package_years: 9, personal_years: 0, ..Retention::default() };
        assert!(never.validate().is_err());
        let long = Retention { personal_years: 101, ..Retention::default() };
        assert!(long.validate().is_err_and(|reason| reason.contains("personal_years")));
    }
}
